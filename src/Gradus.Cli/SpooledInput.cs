using Gradus.Training;

namespace Gradus.Cli;

/// <summary>A source whose file may be <c>-</c>, the standard input: it is kept in a file meanwhile, since a table is read more than once.</summary>
internal sealed class SpooledInput : IDisposable
{
    private const string Name = "standard input";

    private static string? _path;

    private readonly string? _folder;

    private SpooledInput(DataSource source, string? folder) => (Source, _folder) = (source, folder);

    public DataSource Source { get; }

    public static SpooledInput Of(DataSource source)
    {
        if (source is not { Path: "-", Kind: DataKind.Csv or DataKind.JsonLines }) return new SpooledInput(source, null);
        var folder = Directory.CreateTempSubdirectory("gradus").FullName;
        var input = new SpooledInput(source with { Path = _path = Path.Combine(folder, Name) }, folder);
        try
        {
            using var file = File.Create(input.Source.Path!);
            using var console = Console.OpenStandardInput();
            console.CopyTo(file);
            return input;
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }

    /// <summary>A message in which the standard input is called so, and not by the file that it is kept in.</summary>
    public static string NameIn(string message) => _path is { } path ? message.Replace(path, Name, StringComparison.Ordinal) : message;

    public void Dispose()
    {
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }
}
