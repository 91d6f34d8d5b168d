namespace Gradus.Cli.Tests;

public sealed class ProcessorTests
{
    [Fact]
    public void A_processor_without_fused_multiply_add_is_told_of_and_gives_the_same_bits()
    {
        Assert.SkipUnless(System.Runtime.Intrinsics.X86.Fma.IsSupported, "Only x86 processors have vectors to switch off.");

        // given
        using var work = new Workplace();
        string[] args = ["train", "xor", "--model", "mlp:8", "--steps", "10"];

        // when
        var slow = Cli.RunAlone([.. args, "--out", "slow"], work.Path, ("DOTNET_EnableAVX2", "0"));
        Cli.Run([.. args, "--out", "fast"], work.Path).Done();

        // then
        Assert.Equal(0, slow.ExitCode);
        Assert.StartsWith("gradus: note: this processor has no fused multiply-add", slow.Error);
        Assert.Contains("\"has_fused_multiply_add\": false", File.ReadAllText(work["slow/environment.json"]));
        Assert.Equal(work.Hash("fast/model.safetensors"), work.Hash("slow/model.safetensors"));
    }
}
