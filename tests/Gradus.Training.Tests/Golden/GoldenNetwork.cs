using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gradus.Data;

namespace Gradus.Training.Tests.Golden;

/// <summary>A small network, the data it learns from, and what its weights are after a few steps.</summary>
/// <param name="Name">What the test calls it.</param>
/// <param name="Model">The model's word.</param>
/// <param name="Data">Makes the data.</param>
/// <param name="Options">How it is trained.</param>
/// <param name="Weights">SHA-256 over the numbers of the state's tensors in their order, in hexadecimal digits.</param>
internal sealed record GoldenNetwork(string Name, string Model, Func<LoadedData> Data, TrainingOptions Options, string Weights)
{
    private static readonly TrainingOptions TwentySteps = new() { Steps = 20, BatchSize = 16, LearningRate = 0.01, Seed = 1 };

    /// <summary>One of each kind: layers, optimizers, schedules, sources of data.</summary>
    public static readonly GoldenNetwork[] All =
    [
        new("mlp", "mlp:32,16", Digits, TwentySteps with { Optimizer = OptimizerKind.Sgd },
            "c0399f3cdff28948c39ecd8a915aa2b4be3af0a88063c397c217269e800fba83"),
        new("cnn", "cnn", Digits, TwentySteps with { Steps = 10 },
            "bdf91305a92aa2388f646bed521cf235c3a462485760a93fee37afea933510ba"),
        new("lstm", "lstm:16", Digits, TwentySteps with { Schedule = ScheduleKind.OneCycle },
            "b6dea162d919b7488385f3773fc5424fcf9bfee66b691992dddaf1c9bd9966c7"),
        new("gru", "gru:16", Digits, TwentySteps with { Optimizer = OptimizerKind.Adam },
            "097e293e80e325ac320b0137d5e4f0aad545a54435a584dda3b40b4f0149450c"),
        new("transformer", "transformer:1,2,16", Digits, TwentySteps,
            "ef26b3c33176dfaf89085fcd85e62a2a322cc5b851ce8203642a9b7c96307eda"),
        new("gpt", "gpt:2,2,16,16", Text, TwentySteps with { Steps = 30 },
            "9418f0e72e05bd3d28b44d038fedd605ce1d60bccccf27f0568292d9cb0e433c"),
        new("resnet20", "resnet20", Digits, TwentySteps with { Steps = 10, Optimizer = OptimizerKind.Sgd },
            "b8d819ddf0b86729631ec07852df5bfee7bb3509326ac66ce5f9c971b092744b"),
        new("autoencoder", "autoencoder:32,8", Digits, TwentySteps with { Schedule = ScheduleKind.Constant },
            "33d8c7439c68845e54c8ae550b362ac6c8ac43186ee4df66dd4406a41d18b186"),
        new("table", "mlp:16", () => Table(regress: true), TwentySteps with { Steps = 30 },
            "4ec9d929a687e09334d1119c41082d29f219b0a9af5acfa94875a184dd9f188b"),
        new("text", "lstm:16", Text, TwentySteps with { Steps = 30 },
            "19222bc57bb24a02cf43feea38a5ea62c83fdda115556ebf07b27bcc25bd73df"),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Trains the network and hashes its weights.</summary>
    public string Train(TrainingOptions? options = null, double? dropout = null)
    {
        var source = new DataSource(DataKind.Xor, null);
        var (model, data) = TrainedModel.Prepare(ModelSpec.Parse(Model).WithDropout(dropout), source, new DataOptions(), Data());
        _ = new Trainer(model.Network, data, options ?? Options).Run().Last();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // As float64, which holds every number of the state exactly.
        foreach (var (_, tensor) in model.Network.State()) hash.AppendData(MemoryMarshal.AsBytes<double>(tensor.To(DType.Float64).ToArray<double>()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static LoadedData Digits() => new(Gradus.Data.Digits.Generate(new DigitOptions { TrainCount = 200, ValidationCount = 20, TestCount = 20 }));

    private static LoadedData Table(bool regress)
    {
        using var folder = new TemporaryFolder();
        return LoadedData.Load(new DataSource(DataKind.Csv, folder.Write("table.csv", Make.Table(200, regress))), new DataOptions());
    }

    private static LoadedData Text()
    {
        using var folder = new TemporaryFolder();
        var verse = string.Concat(Enumerable.Range(0, 40).Select(static line => $"{line} green bottles hanging on the wall,\n"));
        return LoadedData.Load(new DataSource(DataKind.Text, folder.Write("verse.txt", verse)), new DataOptions { Context = 16 });
    }
}
