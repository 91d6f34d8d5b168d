using Gradus.Testing;
using Gradus.Testing.Specs;

namespace Gradus.Tests.Battery;

/// <summary>The specs, by name, as theories want them: a failure then says which row failed.</summary>
public static class Specs
{
    public static TheoryData<string> All => Named(static _ => true);

    public static TheoryData<string> Elementwise => Named(static spec => spec.CaseOf is not null);

    public static TheoryData<string> Broadcasting => Named(static spec => spec is { CaseOf: not null, Arity: > 1 });

    public static TheoryData<string> Differentiable => Named(static spec => spec.Result(DType.Float64).IsFloat);

    /// <summary>Those that are differentiated input by input, so that each rule says what it reads.</summary>
    public static TheoryData<string> WithRules => Named(static spec => spec.Result(DType.Float64).IsFloat && spec.Row is { IsJoint: false });

    /// <summary>Those of several inputs and outputs, with one derivative for all.</summary>
    public static TheoryData<string> Fused => Named(static spec => spec.Row is { IsJoint: true, IsFused: true });

    public static TheoryData<string> Composed => Named(static spec => spec.Cases.Any(static @case => @case.Composed is not null));

    internal static OpSpec Of(string name) => OpSpecs.Of(name);

    /// <summary>The cases that are not only for work on several threads.</summary>
    internal static IEnumerable<Case> Small(this OpSpec spec) => spec.Cases.Where(static @case => !@case.IsLarge);

    /// <summary>Runs a check on many cases and fails with all that is wrong, each line beginning with where.</summary>
    internal static void Holds(IEnumerable<(string Where, string? Fault)> checks)
    {
        var faults = checks.Where(static check => check.Fault is not null).Select(static check => $"{check.Where}: {check.Fault}").ToArray();
        Assert.True(faults.Length == 0, string.Join("\n", faults.Take(10)));
    }

    private static TheoryData<string> Named(Func<OpSpec, bool> which) => [.. OpSpecs.All.Where(which).Select(static spec => spec.Name)];
}
