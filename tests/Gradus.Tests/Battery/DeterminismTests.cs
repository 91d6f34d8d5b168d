using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Gradus.Kernels;
using Gradus.Testing;
using Gradus.Testing.Specs;

namespace Gradus.Tests.Battery;

/// <summary>Tests that change what the whole process shares (threads, memory), one after the other and with no other test beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

/// <summary>The same bits for any number of threads and any width of vectors.</summary>
[Collection(nameof(Alone))]
public class DeterminismTests
{
    private const string HashFile = "GRADUS_CHILD_BATTERY_FILE";

    [Theory, MemberData(nameof(Specs.All), MemberType = typeof(Specs))]
    public void The_bits_do_not_depend_on_the_number_of_threads(string name)
    {
        // given
        var spec = Specs.Of(name);
        var before = Workers.Count;

        // when
        var hashes = new List<string>();
        try
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                Workers.Count = threads;
                hashes.Add(Hash([spec]));
            }
        }
        finally
        {
            Workers.Count = before;
        }

        // then
        Assert.Single(hashes.Distinct());
    }

    [Fact]
    public void Narrower_vectors_give_the_same_bits()
    {
        // given: this very program, without its widest vectors
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Avx2.IsSupported, "Only x86 processors have vectors to switch off.");
        var file = Path.GetTempFileName();

        // when
        ChildProcess.Run(
            $"{typeof(DeterminismTests).FullName}.{nameof(A_child_writes_its_hashes)}", new() { ["DOTNET_EnableAVX512"] = "0", [HashFile] = file });
        var lines = File.ReadAllLines(file);
        File.Delete(file);

        // then
        Assert.Equal(["Vector512 is not accelerated", .. OpSpecs.All.Select(static spec => $"{spec.Name} {Hash([spec])}")], lines);
    }

    /// <summary>What the child process of the test above runs; in any other run, nothing.</summary>
    [Fact]
    public void A_child_writes_its_hashes()
    {
        if (Environment.GetEnvironmentVariable(HashFile) is not { } file) return;
        var width = Vector512.IsHardwareAccelerated ? "Vector512 is accelerated" : "Vector512 is not accelerated";
        File.WriteAllLines(file, [width, .. OpSpecs.All.Select(static spec => $"{spec.Name} {Hash([spec])}")]);
    }

    /// <summary>One number for the bits of all results and gradients, the sizes that are divided among threads included.</summary>
    private static string Hash(IEnumerable<OpSpec> specs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var spec in specs)
        {
            var cases = spec.CaseOf is null ? spec.Cases : [.. spec.Cases, spec.CaseOf([.. Enumerable.Repeat<int[]>([100_003], spec.Arity)])];
            foreach (var @case in cases)
            {
                foreach (var type in spec.Types) Append(hash, @case, type);
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, Case @case, DType type)
    {
        var inputs = Samples.Tensors(@case, Samples.Draw(@case, type), type);
        var wanted = inputs.Where(static input => input.DType.IsFloat).Select(static input => input.RequireGrad()).ToArray();
        var outputs = @case.Apply(inputs);
        foreach (var output in outputs) Bits.Append(hash, output);
        if (outputs[0].Node is null) return;
        foreach (var gradient in Autograd.Grad([outputs[0]], wanted, [Tensor.Rand(outputs[0].Shape, outputs[0].DType, new Generator(9)) - 0.5]))
        {
            if (gradient is not null) Bits.Append(hash, gradient);
        }
    }
}
