// Trains a small convolutional network on generated digits and saves it, as a program without a JIT: dotnet publish, and run what it made.

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gradus;
using Gradus.Training;

var file = args.Length > 0 ? args[0] : "digits.safetensors";
Console.WriteLine($"{Compute.VectorBits}-bit vectors, fused multiply-add: {Compute.HasFusedMultiplyAdd}");

var source = DataSource.Parse("digits", directory: null);
var options = new DataOptions { Seed = 1 };
var (model, data) = TrainedModel.Prepare(ModelSpec.Parse("cnn"), source, options, LoadedData.Load(source, options));
model.Network.Initialize(seed: 1);

foreach (var happened in new Trainer(model.Network, data, new() { Steps = 60, LearningRate = 0.002 }).Run())
{
    if (happened is StepDone { Step: var step, Loss: var loss } && step % 20 == 0) Console.WriteLine($"step {step}: loss {loss:F6}");
    if (happened is TrainingDone { Test: { } test }) Console.WriteLine($"{test.Accuracy:P1} of the test pictures");
}

model.Save(file);
Console.WriteLine($"weights {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}");

// As another program does it, such as aot-inference.
var loaded = TrainedModel.Load(file);
var (_, outputs) = Evaluation.Predict(loaded.Network, data.Test).First();
Console.WriteLine($"predictions {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(loaded.ToPredictions(outputs).AsSpan())))}");
