using Gradus.Testing;

namespace Gradus.Kernels.Tests;

/// <summary>The same bits for any number of threads and any width of vectors.</summary>
[Collection(nameof(ThreadTests))]
public class KernelHashTests
{
    private const string HashFile = "GRADUS_CHILD_HASH_FILE";

    [Fact]
    public void One_two_and_three_threads_give_the_same_bits()
    {
        // given
        using var restore = new ThreadCount(1);
        var expected = KernelHash.Compute();
        foreach (var threads in new[] { 2, 3 })
        {
            // when
            Workers.Count = threads;
            var actual = KernelHash.Compute();

            // then
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256")]
    [InlineData("DOTNET_EnableAVX2", "128")]
    public void Narrower_vectors_give_the_same_bits(string switchedOff, string width)
    {
        // given: this very program, without its wider vectors
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Avx2.IsSupported, "Only x86 processors have vectors to switch off.");
        var file = Path.GetTempFileName();

        // when
        ChildProcess.Run(
            $"{typeof(KernelHashTests).FullName}.{nameof(A_child_writes_its_width_and_its_hashes)}", new() { [switchedOff] = "0", [HashFile] = file });
        var lines = File.ReadAllLines(file);
        File.Delete(file);

        // then
        Assert.Equal([width, .. KernelHash.Compute()], lines);
    }

    /// <summary>What the child processes of the test above run; in any other run, nothing.</summary>
    [Fact]
    public void A_child_writes_its_width_and_its_hashes()
    {
        if (Environment.GetEnvironmentVariable(HashFile) is { } file) File.WriteAllLines(file, [$"{Isa.Width}", .. KernelHash.Compute()]);
    }
}
