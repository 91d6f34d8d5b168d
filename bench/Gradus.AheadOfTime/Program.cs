using System.Diagnostics;
using System.Globalization;
using Gradus;
using Gradus.Data;
using Gradus.Training;

// Medians of a product of 512 × 512 and of a training step of the small convolutional network, 64 pictures of 28 × 28, on one thread: to be run as it is
// built, by a JIT, and as it is published, ahead of time, in turn.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Compute.Threads = 1;
Tensor a = Tensor.Randn([512, 512]), b = Tensor.Randn([512, 512]);
var product = Median(static times => times < 400, () =>
{
    using var scope = new TensorScope();
    _ = a.MatMul(b);
});

var data = Digits.Generate(new DigitOptions { TrainCount = 640, ValidationCount = 0, TestCount = 0 });
var (model, split) = TrainedModel.Prepare(ModelSpec.Parse("cnn"), new DataSource(DataKind.Digits, null), new DataOptions(), new LoadedData(data));
model.Network.Initialize(1);
using var steps = new Trainer(model.Network, split, new() { Steps = 200, BatchSize = 64 }).Run().GetEnumerator();
steps.MoveNext();
var step = Median(static times => times < 150, () => steps.MoveNext());
Console.WriteLine($"{Compute.VectorBits}-bit vectors: product {product:0.000} ms, step {step:0.000} ms");

// The first half is for the JIT to compile in.
static double Median(Func<int, bool> goesOn, Action work)
{
    var times = new List<double>();
    while (goesOn(times.Count))
    {
        var begin = Stopwatch.GetTimestamp();
        work();
        times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
    }

    var later = times[(times.Count / 2)..];
    later.Sort();
    return later[later.Count / 2];
}
