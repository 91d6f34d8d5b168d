using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gradus.Packaging.Tests;

/// <summary>What is in the packages, and what a user with nothing but them can do.</summary>
public sealed partial class PackagedTests(Feed feed) : IClassFixture<Feed>
{
    private const long MostBytes = 3 << 20;

    private static readonly string[] Libraries =
    [
        "Gradus.Kernels", "Gradus.Core", "Gradus.Nn", "Gradus.Data", "Gradus.Data.Parquet", "Gradus.Formats", "Gradus.Onnx", "Gradus.Text",
        "Gradus.Training", "Gradus.Graphs", "Gradus.Reports", "Gradus.Distributed", "Gradus.Extensions", "Gradus.FSharp",
    ];

    private static readonly string[] Others = ["Gradus.All", "Gradus.Templates", "gradus"];

    [Fact]
    public void There_is_a_package_for_each_library_one_for_all_the_tool_and_the_templates()
    {
        SkipWithoutShell();

        // when
        var packages = Directory.GetFiles(feed.Packages, "*.nupkg").Select(static file => Path.GetFileName(file))
            .Where(static file => file.StartsWith("gradus", StringComparison.OrdinalIgnoreCase));

        // then
        Assert.Equal(Libraries.Concat(Others).Select(static id => $"{id}.{Repository.Version}.nupkg").Order(), packages.Order());
    }

    [Fact]
    public void Each_says_what_it_is()
    {
        SkipWithoutShell();

        // when
        var faults = Libraries.Concat(Others).SelectMany(id =>
        {
            using var package = Open($"{id}.{Repository.Version}.nupkg");
            var metadata = XDocument.Load(package.GetEntry($"{id}.nuspec")!.Open()).Root!.Elements().First();
            string Value(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
            return new[]
            {
                Value("description").Length > 30 && Value("description") != "Package Description" ? null : "no description",
                Value("tags").Contains("deep-learning", StringComparison.Ordinal) ? null : "no tags",
                Value("license") == "MIT" ? null : "no license",
                Value("authors") == "The Gradus authors" ? null : "other authors",
                package.GetEntry(Value("readme")) is not null ? null : "no readme",
                package.GetEntry(Value("icon")) is not null ? null : "no icon",
            }.OfType<string>().Select(fault => $"{id}: {fault}").ToArray();
        });

        // then
        Assert.Empty(faults);
    }

    [Fact]
    public void A_library_comes_with_its_documentation_and_its_symbols_and_all_are_small()
    {
        SkipWithoutShell();

        // when
        var bytes = Libraries.Sum(id => new FileInfo(Path.Combine(feed.Packages, $"{id}.{Repository.Version}.nupkg")).Length);
        var faults = Libraries.SelectMany(id =>
        {
            using var package = Open($"{id}.{Repository.Version}.nupkg");
            using var symbols = Open($"{id}.{Repository.Version}.snupkg");
            var name = id == "Gradus.Core" ? "Gradus" : id;
            (ZipArchive In, string Extension)[] parts = [(package, "dll"), (package, "xml"), (symbols, "pdb")];
            return parts.Where(part => part.In.GetEntry($"lib/net10.0/{name}.{part.Extension}") is null)
                .Select(part => $"{id}: there is no {name}.{part.Extension}").ToArray();
        });

        // then
        Assert.Empty(faults);
        Assert.InRange(bytes, 1, MostBytes);
    }

    [Fact]
    public void A_console_program_from_the_template_trains_saves_loads_and_predicts()
    {
        SkipWithoutShell();

        // given
        var program = feed.Make("gradus-console", "Orchard");

        // when
        var output = feed.Dotnet(program, "run");

        // then: what chooses the processor for native code has come along
        Assert.Contains("Gradus.Kernels.targets", File.ReadAllText(Path.Combine(program, "obj", "Orchard.csproj.nuget.g.targets")));
        Assert.Matches(@"^\d+ ?% of the fruit in the test set are told right\n", output);
        Assert.InRange(double.Parse(Plum.Match(output).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 80, 100);
        Assert.True(File.Exists(Path.Combine(program, "fruit.safetensors")));
    }

    [Fact]
    public void A_web_service_from_the_template_builds_and_the_compiler_tells_of_a_layer_that_is_not_registered()
    {
        SkipWithoutShell();

        // given
        var service = feed.Make("gradus-api", "Stall");
        File.WriteAllText(Path.Combine(service, "Net.cs"), """
            using Gradus;
            using Gradus.Nn;

            internal sealed class Net : Module<Tensor, Tensor>
            {
                private readonly Linear _head = new(2, 1);

                protected override Tensor Compute(Tensor input) => _head.Forward(input);
            }
            """);

        // when
        var output = feed.Dotnet(service, "build", "-v", "quiet", "-nologo");

        // then: the analyzer is in the package of Gradus.Nn, which Gradus.Training brings along
        Assert.Contains("Net.cs(6,37): warning GRADUS100: '_head' is not registered", output);
        Assert.DoesNotContain(output.Split('\n'), static line => line.Contains(": warning ") && !line.Contains("GRADUS100"));
    }

    [Fact]
    public void The_tool_is_installed_by_its_name_and_trains()
    {
        SkipWithoutShell();

        // given
        feed.Dotnet(feed.Work, "tool", "install", "gradus", "--tool-path", "tools");
        var gradus = Path.Combine(feed.Work, "tools", "gradus");

        // when
        var version = Command.Run(feed.Work, feed.Environment, gradus, "--version");
        Command.Run(feed.Work, feed.Environment, gradus, "train", "xor", "--steps", "20", "--out", "run");

        // then
        Assert.StartsWith(Repository.Version, version);
        Assert.True(File.Exists(Path.Combine(feed.Work, "run", "model.safetensors")));
    }

    private static void SkipWithoutShell() => Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no shell of POSIX.");

    private ZipArchive Open(string name) => ZipFile.OpenRead(Path.Combine(feed.Packages, name));

    [GeneratedRegex(@"^plum: ([\d.]+) ?%", RegexOptions.Multiline)]
    private static partial Regex Plum { get; }
}
