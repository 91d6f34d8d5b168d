// Predicts by a model that aot-training has saved, as a program without a JIT, and tells how long after its start the first prediction was there.

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gradus;
using Gradus.Data;
using Gradus.Training;

var model = TrainedModel.Load(args.Length > 0 ? args[0] : "digits.safetensors");
var digits = model.Standardize(Digits.Generate(new() { TrainCount = 0, ValidationCount = 0, TestCount = 10, Seed = 7 })).Test;

var first = model.ToPredictions(model.Network.Forward(digits.InputTensor([0])));
var start = DateTime.Now - Process.GetCurrentProcess().StartTime;
Console.WriteLine($"{Compute.VectorBits}-bit vectors, fused multiply-add: {Compute.HasFusedMultiplyAdd}");
Console.WriteLine($"a {model.Record.ClassNames![Array.IndexOf(first, first.Max())]}, with probability {first.Max():F4}");

var all = model.ToPredictions(model.Network.Forward(digits.InputTensor([.. Enumerable.Range(0, digits.Count)])));
Console.WriteLine($"predictions {Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(all.AsSpan())))}");
Console.WriteLine($"first prediction after {start.TotalMilliseconds:F0} ms");
