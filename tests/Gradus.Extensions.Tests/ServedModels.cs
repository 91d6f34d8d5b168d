using System.Globalization;
using System.Text;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Extensions.Tests;

/// <summary>A folder with small models, which is gone in the end.</summary>
public sealed class ServedModels : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradus-served-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A table with a column of numbers with gaps, one without, and one of texts; its target is nearly linear in them.</summary>
    public string WriteTable(string name = "table.csv", int rows = 240, bool regress = true)
    {
        var text = new StringBuilder("a,b,color,target\n");
        for (var row = 0; row < rows; row++)
        {
            var (a, b, isRed) = (row * 37 % 101 / 100.0, row * 53 % 89 / 88.0, row % 3 == 0);
            var target = (2 * a) - b + (isRed ? 0.5 : 0);
            text.Append(row % 11 == 5 ? "" : a.ToString(CultureInfo.InvariantCulture)).Append(',').Append(b.ToString(CultureInfo.InvariantCulture)).Append(',')
                .Append(isRed ? "red" : "blue").Append(',')
                .Append(regress ? target.ToString(CultureInfo.InvariantCulture) : target > 0.6 ? "high" : "low").Append('\n');
        }

        File.WriteAllText(this[name], text.ToString());
        return this[name];
    }

    /// <summary>An untrained model of the table; another seed has other weights.</summary>
    public string WriteTableModel(string name, long seed = 0, bool regress = true)
    {
        var source = DataSource.Parse($"csv:{WriteTable(regress: regress)}", directory: null);
        var (model, data) = TrainedModel.Prepare(ModelSpec.Parse("mlp:8"), source, new DataOptions(), LoadedData.Load(source, new DataOptions()));
        model.Network.Initialize(seed);
        model.Network.Eval();
        model.Calibrate(data.Validation).Save(this[name]);
        return this[name];
    }

    /// <summary>An untrained model of gray pictures of 28 × 28 points.</summary>
    public string WritePictureModel(string name)
    {
        var source = DataSource.Parse("digits", directory: null);
        var data = Digits.Generate(new DigitOptions { TrainCount = 20, ValidationCount = 5, TestCount = 5 });
        var model = TrainedModel.Prepare(ModelSpec.Parse("mlp:16"), source, new DataOptions(), new LoadedData(data)).Model;
        model.Network.Initialize(0);
        model.Save(this[name]);
        return this[name];
    }

    /// <summary>An untrained model that tells the mood of sentences.</summary>
    public string WriteSentenceModel(string name)
    {
        var text = new StringBuilder("review,mood\n");
        for (var row = 0; row < 60; row++) text.Append(row % 2 == 0 ? "a good film and a fine evening,good\n" : "a bad film and a long evening,bad\n");
        File.WriteAllText(this["reviews.csv"], text.ToString());
        var source = DataSource.Parse($"csv:{this["reviews.csv"]}", directory: null);
        var options = new DataOptions { Text = "review", Target = "mood" };
        return Write(name, "mlp:8", source, options);
    }

    /// <summary>An untrained model that goes on with texts.</summary>
    public string WriteTextModel(string name)
    {
        File.WriteAllText(this["book.txt"], new StringBuilder().Insert(0, "the cat sat on the mat. ", 40).ToString());
        return Write(name, "gpt:1,1,8,16", DataSource.Parse($"text:{this["book.txt"]}", directory: null), new DataOptions { Context = 16 });
    }

    private string Write(string name, string spec, DataSource source, DataOptions options)
    {
        var model = TrainedModel.Prepare(ModelSpec.Parse(spec), source, options, LoadedData.Load(source, options)).Model;
        model.Network.Initialize(0);
        model.Save(this[name]);
        return this[name];
    }
}
