using System.Diagnostics;

namespace Gradus.Kernels.Tests.MatMul;

public class GemmWidthTests
{
    private const string HashFile = "GRADUS_CHILD_HASH_FILE";

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "256")]
    [InlineData("DOTNET_EnableAVX2", "128")]
    public void Narrower_vectors_give_the_same_bits(string switchedOff, string width)
    {
        // given: this very program, without its wider vectors
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Avx2.IsSupported, "Only x86 processors have vectors to switch off.");
        var file = Path.GetTempFileName();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, Path.GetFileNameWithoutExtension(typeof(GemmWidthTests).Assembly.Location)))
        {
            ArgumentList = { "-method", $"{typeof(GemmWidthTests).FullName}.{nameof(A_child_writes_its_width_and_its_hash)}" },
            Environment = { [switchedOff] = "0", [HashFile] = file },
            RedirectStandardOutput = true,
        };

        // when
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        var lines = File.ReadAllLines(file);
        File.Delete(file);

        // then
        Assert.True(child.ExitCode == 0, output);
        Assert.Equal([width, ProductHash.Compute()], lines);
    }

    /// <summary>What the child processes of the test above run. In any other run it only holds that the hash can be computed twice.</summary>
    [Fact]
    public void A_child_writes_its_width_and_its_hash()
    {
        // given
        var first = ProductHash.Compute();

        // when
        if (Environment.GetEnvironmentVariable(HashFile) is { } file) File.WriteAllLines(file, [$"{Isa.Width}", first]);

        // then
        Assert.Equal(first, ProductHash.Compute());
    }
}
