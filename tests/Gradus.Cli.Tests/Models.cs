using Gradus.Cli.Tests;

[assembly: AssemblyFixture(typeof(Models))]

namespace Gradus.Cli.Tests;

/// <summary>Models that were trained once for all tests, with the data they came from. Tests only read them.</summary>
public sealed class Models : IDisposable
{
    private readonly Workplace _work = new();

    public Models()
    {
        _work.WriteTable("classes.csv", 200);
        _work.WriteTable("values.csv", 200, regress: true);
        XorDone = _work.Run("train", "xor", "--steps", "60", "--out", "xor", "--json").Done();
        string[] small = ["--model", "mlp:64,32", "--json"];
        TableDone = _work.Run(["train", "csv:classes.csv", .. small, "--steps", "40", "--valid", "0.2", "--seed", "3", "--out", "table"]).Done();
        ValuesDone = _work.Run(["train", "csv:values.csv", .. small, "--steps", "200", "--out", "values"]).Done();
    }

    public string Xor => _work["xor/model.safetensors"];

    public string Table => _work["table/model.safetensors"];

    public string Values => _work["values/model.safetensors"];

    public string Classes => "csv:" + _work["classes.csv"];

    public string Numbers => "csv:" + _work["values.csv"];

    internal CliResult XorDone { get; }

    internal CliResult TableDone { get; }

    internal CliResult ValuesDone { get; }

    public void Dispose() => _work.Dispose();
}
