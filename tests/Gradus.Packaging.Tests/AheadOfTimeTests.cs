using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Gradus.Packaging.Tests;

/// <summary>A program of the libraries without a JIT: samples/aot-training, as its project file says and no more.</summary>
public sealed class AheadOfTimeTests : IDisposable
{
    private static readonly Dictionary<string, string> Here = [];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradus-publish-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Native_code_has_no_warnings_multiplies_and_adds_at_once_and_learns_the_same_bits()
    {
        Assert.SkipUnless(CanLink(), "clang or gcc, or the headers of zlib, are missing: nothing can be compiled ahead of time.");

        // given: warnings are errors here, those of the compiler that makes native code too
        var native = Path.Combine(_folder.FullName, "native");
        Command.Run(Repository.At("samples/aot-training"), Here, "dotnet", "publish", "-nologo", "-p:BuildProjectReferences=false", "-o", native);

        // when: in both the network is trained, saved, loaded again and asked
        var compiled = Command.Run(_folder.FullName, Here, Path.Combine(native, "aot-training"), "native.safetensors");
        var jitted = Command.Run(_folder.FullName, Here, "dotnet", Repository.At("artifacts/bin/aot-training/release/aot-training.dll"), "jitted.safetensors");

        // then: equal lines but the first, which tells how wide the vectors are
        Assert.Equal(jitted.Split('\n')[1..], compiled.Split('\n')[1..]);
        Assert.Equal(ReadAll("jitted.safetensors"), ReadAll("native.safetensors"));
        Assert.Equal(FirstLine(), compiled.Split('\n')[0]);
        Assert.Empty(Directory.GetFiles(native, "*.dll"));
    }

    /// <summary>By default vectors of 256 bits are used where the processor has them, and by whatever processor multiply-adds are one instruction.</summary>
    private static string FirstLine() =>
        $"{(Avx2.IsSupported ? 256 : 128)}-bit vectors, fused multiply-add: {Fma.IsSupported || AdvSimd.IsSupported}";

    private byte[] ReadAll(string name) => File.ReadAllBytes(Path.Combine(_folder.FullName, name));

    private static bool CanLink() => !RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
        || (new[] { "/usr/bin/clang", "/usr/bin/gcc" }.Any(File.Exists) && File.Exists("/usr/include/zlib.h"));
}
