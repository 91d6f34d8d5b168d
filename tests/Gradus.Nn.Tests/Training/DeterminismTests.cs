using Gradus.Testing;

namespace Gradus.Nn.Tests.Training;

/// <summary>Tests that change what the whole process shares (threads), one after the other and with no other test beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public class Alone;

/// <summary>A whole training gives the same bits for any number of threads and any width of vectors; a sample gives the same bits in any batch.</summary>
[Collection(nameof(Alone))]
public class DeterminismTests
{
    private const string HashFile = "GRADUS_CHILD_TRAINING_FILE";

    [Theory, MemberData(nameof(SmallNetwork.Names), MemberType = typeof(SmallNetwork))]
    public void The_weights_after_a_training_do_not_depend_on_the_number_of_threads(string name)
    {
        // given
        var network = SmallNetwork.Of(name);
        var before = Compute.Threads;

        // when
        var hashes = new List<string>();
        try
        {
            foreach (var threads in new[] { 1, 2, 3 })
            {
                Compute.Threads = threads;
                hashes.Add(network.Train(seed: 1));
            }
        }
        finally
        {
            Compute.Threads = before;
        }

        // then
        Assert.Single(hashes.Distinct());
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    public void The_weights_after_a_training_do_not_depend_on_the_width_of_the_vectors(string switchedOff, int width)
    {
        // given: this very program, without its wider vectors
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Avx2.IsSupported, "Only x86 processors have vectors to switch off.");
        var file = Path.GetTempFileName();

        // when
        ChildProcess.Run(
            $"{typeof(DeterminismTests).FullName}.{nameof(A_child_writes_its_width_and_its_hashes)}", new() { [switchedOff] = "0", [HashFile] = file });
        var lines = File.ReadAllLines(file);
        File.Delete(file);

        // then
        Assert.Equal([$"{width} bits", .. Trained()], lines);
    }

    /// <summary>What the child processes of the test above run; in any other run, nothing.</summary>
    [Fact]
    public void A_child_writes_its_width_and_its_hashes()
    {
        if (Environment.GetEnvironmentVariable(HashFile) is { } file) File.WriteAllLines(file, [$"{Compute.VectorBits} bits", .. Trained()]);
    }

    [Fact]
    public void Another_seed_gives_other_weights() => Assert.NotEqual(SmallNetwork.All[0].Train(seed: 1), SmallNetwork.All[0].Train(seed: 2));

    [Theory, MemberData(nameof(SmallNetwork.Names), MemberType = typeof(SmallNetwork))]
    public void A_sample_alone_gives_the_bits_it_gives_in_a_batch(string name)
    {
        // given
        var network = SmallNetwork.Of(name);
        var model = network.Create(seed: 1);
        model.Eval();
        var x = network.Draw(65, seed: 2);

        // when
        var together = model.Forward(x);

        // then
        foreach (var sample in new[] { 0, 16, 40, 64 })
        {
            Assert.Equal(model.Forward(x[sample..(sample + 1)].Clone()).ToArray<float>(), together[sample].ToArray<float>());
        }
    }

    private static string[] Trained() => [.. SmallNetwork.All.Select(static network => $"{network.Name} {network.Train(seed: 1)}")];
}
