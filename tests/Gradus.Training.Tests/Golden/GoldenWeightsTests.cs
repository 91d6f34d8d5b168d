using Gradus.Testing;

namespace Gradus.Training.Tests.Golden;

/// <summary>Tests that change what the whole process shares (threads), one after the other and with no other test beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

/// <summary>
/// Ten networks end at the weights they have always ended at. Where one does not, bits have changed: a decision, to be written in CHANGELOG before the hash is.
/// </summary>
[Collection(nameof(Alone))]
public class GoldenWeightsTests
{
    private const string HashFile = "GRADUS_CHILD_GOLDEN_FILE";

    public static TheoryData<string> Names => [.. GoldenNetwork.All.Select(static network => network.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_network_ends_at_its_golden_weights_on_one_two_and_three_threads(string name)
    {
        // given
        var network = GoldenNetwork.All.Single(network => network.Name == name);
        var before = Compute.Threads;

        // when
        var weights = new List<string>();
        try
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                Compute.Threads = threads;
                weights.Add(network.Train());
            }
        }
        finally
        {
            Compute.Threads = before;
        }

        // then
        Assert.Equal(Enumerable.Repeat(network.Weights, 3), weights);
    }

    [Fact]
    public void They_end_there_without_the_widest_vectors()
    {
        // given: this very program, without AVX-512
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Avx2.IsSupported, "Only x86 processors have vectors to switch off.");
        using var folder = new TemporaryFolder();

        // when
        ChildProcess.Run(
            $"{typeof(GoldenWeightsTests).FullName}.{nameof(A_child_writes_its_weights)}",
            new() { ["DOTNET_EnableAVX512"] = "0", [HashFile] = folder["weights.txt"] });

        // then
        Assert.Equal(["256 bits", .. GoldenNetwork.All.Select(static network => $"{network} {network.Weights}")], File.ReadAllLines(folder["weights.txt"]));
    }

    /// <summary>What the child process of the test above runs. In any other run it only says how wide the vectors are.</summary>
    [Fact]
    public void A_child_writes_its_weights()
    {
        if (Environment.GetEnvironmentVariable(HashFile) is not { } file) return;
        File.WriteAllLines(file, [$"{Compute.VectorBits} bits", .. GoldenNetwork.All.Select(static network => $"{network} {network.Train()}")]);
    }
}
