using System.Reflection;

namespace Gradus.Repo.Tests;

/// <summary>How what users make is told what it shall be.</summary>
public class ConstructorsTests
{
    private const int MostParameters = 5;

    /// <summary>What layers call a size that their input has.</summary>
    private static readonly string[] SizesOfInputs = ["inputs", "inChannels", "channels", "size"];

    [Theory]
    [InlineData("Gradus")]
    [InlineData("Gradus.Nn")]
    [InlineData("Gradus.Data")]
    [InlineData("Gradus.Formats")]
    [InlineData("Gradus.Graphs")]
    [InlineData("Gradus.Training")]
    [InlineData("Gradus.Reports")]
    public void A_constructor_has_at_most_five_parameters_and_takes_the_rest_as_an_options_record(string name)
    {
        // given: all but records of results, whose parameters are their properties
        var constructors = Assembly.Load(name).GetExportedTypes().Where(static type => !IsRecord(type)).SelectMany(static type => type.GetConstructors());

        // when
        var faults = constructors.Where(static constructor => constructor.GetParameters().Length > MostParameters)
            .Select(static constructor => $"{Spell(constructor)} has {constructor.GetParameters().Length} parameters; expected at most {MostParameters}. " +
                "Put those that have defaults into an options record.");

        // then
        Repository.AssertNone(faults);
    }

    [Fact]
    public void A_size_of_the_input_comes_first_and_is_left_out_by_an_overload()
    {
        // given
        var layers = typeof(Nn.Module).Assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(Nn.Module))).ToArray();

        // when
        var nullable = Constructors(layers).SelectMany(static constructor => constructor.GetParameters().Where(static parameter =>
            SizesOfInputs.Contains(parameter.Name) && parameter.ParameterType == typeof(int?))
            .Select(parameter => $"{Spell(constructor)}: {parameter.Name} may be null; expected an overload without it."));
        var late = Constructors(layers).SelectMany(static constructor => constructor.GetParameters().Where(static parameter =>
            SizesOfInputs.Contains(parameter.Name) && parameter.Position > 0)
            .Select(parameter => $"{Spell(constructor)}: {parameter.Name} is a size of the input; expected it first."));
        var unlike = layers.SelectMany(static type => type.GetConstructors().Where(static constructor => First(constructor) is not null)
            .Where(_ => type.GetConstructors().Any(LeavesOut))
            .Where(constructor => !type.GetConstructors().Any(other => IsRest(other, constructor)))
            .Select(static constructor => $"{Spell(constructor)}: expected an overload with the same parameters but for the first."));

        // then
        Repository.AssertNone(nullable.Concat(late).Concat(unlike));
    }

    private static IEnumerable<ConstructorInfo> Constructors(Type[] types) => types.SelectMany(static type => type.GetConstructors());

    /// <summary>The size of the input that comes first, or null.</summary>
    private static ParameterInfo? First(ConstructorInfo constructor) =>
        constructor.GetParameters().FirstOrDefault() is { } first && SizesOfInputs.Contains(first.Name) ? first : null;

    /// <summary>Whether a constructor does without such a size.</summary>
    private static bool LeavesOut(ConstructorInfo constructor) =>
        constructor.GetParameters().All(static parameter => !SizesOfInputs.Contains(parameter.Name));

    private static bool IsRest(ConstructorInfo other, ConstructorInfo constructor) =>
        other.GetParameters().Select(Told).SequenceEqual(constructor.GetParameters().Skip(1).Select(Told));

    private static (Type, string?, object?) Told(ParameterInfo parameter) => (parameter.ParameterType, parameter.Name, parameter.DefaultValue);

    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is not null;

    private static string Spell(ConstructorInfo constructor) =>
        $"{constructor.DeclaringType!.Name}({string.Join(", ", constructor.GetParameters().Select(static parameter => parameter.Name))})";
}
