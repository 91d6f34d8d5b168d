using Gradus.Data;
using Gradus.Formats;
using Gradus.Nn;

namespace Gradus.Onnx.Tests;

/// <summary>Weights of other people, trained on: by one program from their files to an ONNX file.</summary>
public sealed class FineTuningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gradus-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_step_of_a_resnet20_gives_the_gradients_of_the_network_it_was_written_from(bool trains)
    {
        // given
        var network = Cifar();
        var path = Path.Combine(_folder, "resnet20.onnx");
        var (x, labels) = (Tensor.Randn([4, 3, 32, 32], generator: new Generator(3)), Tensor.Of(1L, 7L, 0L, 9L));
        network.SaveOnnx(path, x);
        var model = OnnxModel.Load(path);
        network.Train(trains);
        model.Train(trains);

        // when
        Losses.CrossEntropy(network.Forward(x), labels).Backward();
        Losses.CrossEntropy(model.Forward(x), labels).Backward();

        // then
        var gradients = model.NamedParameters().ToDictionary(static named => named.Name, static named => named.Parameter.Grad!);
        foreach (var (name, parameter) in network.NamedParameters())
        {
            var scale = parameter.Grad!.Abs().Max().Item();
            Assert.True((gradients[name] - parameter.Grad).Abs().Max().Item() <= 1e-5 * scale, name);
        }
    }

    [Theory]
    [InlineData("torch113")]
    [InlineData("torch26")]
    public void The_weights_of_PyTorch_give_what_PyTorch_gave(string version)
    {
        // given
        var folder = Path.Combine(OnnxArchive.Unpack("pytorch-exports"), "torch-export", version, "resnet20_fixed_batch", "test_data_set_0");
        var network = Cifar();
        network.Eval();

        // when
        var output = network.Forward(Read(Path.Combine(folder, "input_0.pb")));

        // then
        Assert.Null(OnnxCase.Difference(output.Detach(), Read(Path.Combine(folder, "output_0.pb")), 1e-3, 1e-4));
    }

    [Theory]
    [InlineData("onnx/mnist-8.onnx", 1, 0, 1 / 255.0, 9891)]
    [InlineData("burn-mnist/mnist.onnx", 500, 0.1307, 0.3081, 9916)]
    public void Digits_are_read_as_well_as_by_others(string file, int batch, double mean, double deviation, int expected)
    {
        // given
        var model = OnnxModel.Load(SharedData.Find("models", file));
        var test = Mnist.Load(SharedData.Find("mnist")).Test;

        // when
        var right = CountRight(rows => model.Forward((test.InputTensor(rows) - mean) / deviation), test, batch);

        // then
        Assert.Equal(expected, right);
    }

    [Fact]
    public void Equal_weights_give_equal_bits_from_every_format()
    {
        // given
        var weights = PyTorchFile.Read(SharedData.Find("models", "pytorch/lenet_mnist_csinva.pth")).Tensors;
        var network = Lenet();
        network.LoadState(weights);
        network.Eval();
        var x = Tensor.Randn([5, 1, 32, 32], generator: new Generator(1));
        string[] files = [.. new[] { "lenet.onnx", "lenet.pt", "lenet.safetensors", "lenet.npz", "lenet.dat" }.Select(name => Path.Combine(_folder, name))];
        network.SaveOnnx(files[0], x);
        foreach (var file in files.Skip(1)) network.Save(file);
        var expected = network.Forward(x).ToArray<float>();

        // when
        var results = files.Select(file =>
        {
            var again = Lenet();
            again.Load(file);
            again.Eval();
            return again.Forward(x).ToArray<float>();
        });

        // then
        Assert.All(results.Append(OnnxModel.Load(files[0]).Forward(x).ToArray<float>()), result => Assert.Equal(expected, result));
    }

    [Fact]
    public void A_lenet_of_PyTorch_trained_on_300_digits_beats_the_same_network_from_scratch()
    {
        // given
        var digits = Digits.Generate(new DigitOptions { TrainCount = 300, ValidationCount = 10, TestCount = 10, Seed = 1 }).Train;
        var test = Mnist.Load(SharedData.Find("mnist")).Test;
        var tuned = Lenet();
        tuned.LoadState(PyTorchFile.Read(SharedData.Find("models", "pytorch/lenet_mnist_csinva.pth")).Tensors);
        var scratch = Lenet();
        scratch.Initialize(1);

        // when
        Train(tuned, digits, 1e-4);
        Train(scratch, digits, 1e-3);
        var path = Path.Combine(_folder, "lenet.onnx");
        tuned.SaveOnnx(path, Wide(test.InputTensor([0])));
        var saved = OnnxModel.Load(path);
        var of = CountRight(rows => saved.Forward(Wide(test.InputTensor(rows))), test);
        var without = CountRight(rows => scratch.Forward(Wide(test.InputTensor(rows))), test);

        // then: by 5 points
        Assert.True(of >= without + 500, $"{of} against {without} of {test.Count}");
    }

    private static Tensor Read(string path)
    {
        using var stream = File.OpenRead(path);
        return TensorProto.Read(new WireSource(stream, path).Scan()).ToTensor();
    }

    // 28 × 28 in the middle of 32 × 32.
    private static Tensor Wide(Tensor digits) => digits.Pad([(0, 0), (0, 0), (2, 2), (2, 2)]);

    private static int CountRight(Func<int[], Tensor> predict, Dataset test, int batch = 500)
    {
        using var inference = new Inference();
        var right = 0;
        foreach (var rows in Enumerable.Range(0, test.Count).Chunk(batch))
        {
            using var scope = new TensorScope();
            right += (int)predict(rows).ArgMax(1).Equal(test.LabelTensor(rows)).To(DType.Int64).Sum().Item();
        }

        return right;
    }

    private static void Train(Module<Tensor, Tensor> network, Dataset data, double rate)
    {
        network.Train();
        var optimizer = new Adam(network.Parameters(), rate);
        for (var epoch = 0; epoch < 10; epoch++)
        {
            foreach (var rows in Enumerable.Range(0, data.Count).Chunk(30))
            {
                optimizer.ZeroGrad();
                Losses.CrossEntropy(network.Forward(Wide(data.InputTensor(rows))), data.LabelTensor(rows)).Backward();
                optimizer.Step();
            }
        }

        network.Eval();
    }

    private static CifarResNet Cifar()
    {
        var file = PyTorchFile.Read(SharedData.Find("models", "pytorch/resnet20-12fca82f.th")).Tensors;
        var network = new CifarResNet();
        network.Load(SharedData.Find("models", "pytorch/resnet20-12fca82f.th"));
        Assert.Equal(97, file.Count);
        return network;
    }

    private static PlainLenet Lenet() => new();

    /// <summary>The network of lenet_mnist_csinva, under its names.</summary>
    private sealed class PlainLenet : Module<Tensor, Tensor>
    {
        public PlainLenet()
        {
            Convnet = new ModuleDict<Conv2d>(("c1", new Conv2d(1, 6, 5)), ("c3", new Conv2d(6, 16, 5)), ("c5", new Conv2d(16, 120, 5)));
            Fc = new ModuleDict<Linear>(("f6", new Linear(120, 84)), ("f7", new Linear(84, 10)));
        }

        private ModuleDict<Conv2d> Convnet { get; set => field = Register(value); }

        private ModuleDict<Linear> Fc { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor x)
        {
            x = Convnet["c1"].Forward(x).Relu().MaxPool2d(2);
            x = Convnet["c3"].Forward(x).Relu().MaxPool2d(2);
            x = Convnet["c5"].Forward(x).Relu().Flatten(1);
            return Fc["f7"].Forward(Fc["f6"].Forward(x).Relu());
        }
    }

    /// <summary>The ResNet-20 of the paper's section 4.2 with shortcuts that have no parameters (option A), under PyTorch's names.</summary>
    private sealed class CifarResNet : Module<Tensor, Tensor>
    {
        public CifarResNet()
        {
            Conv1 = new Conv2d(3, 16, 3, new() { Padding = 1, Bias = false });
            Bn1 = new BatchNorm2d(16);
            (Layer1, Layer2, Layer3) = (Stage(16, 16), Stage(16, 32), Stage(32, 64));
            Linear = new Linear(64, 10);
        }

        private Conv2d Conv1 { get; set => field = Register(value); }

        private BatchNorm2d Bn1 { get; set => field = Register(value); }

        private Sequential Layer1 { get; set => field = Register(value); }

        private Sequential Layer2 { get; set => field = Register(value); }

        private Sequential Layer3 { get; set => field = Register(value); }

        private Linear Linear { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor x)
        {
            x = Layer3.Forward(Layer2.Forward(Layer1.Forward(Bn1.Forward(Conv1.Forward(x)).Relu())));
            return Linear.Forward(x.Mean([2, 3]));
        }

        private static Sequential Stage(int from, int to) => new(new Block(from, to), new Block(to, to), new Block(to, to));
    }

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly int _added;

        public Block(int from, int to)
        {
            _added = to - from;
            Conv1 = new Conv2d(from, to, 3, new() { Stride = _added > 0 ? 2 : 1, Padding = 1, Bias = false });
            Conv2 = new Conv2d(to, to, 3, new() { Padding = 1, Bias = false });
            (Bn1, Bn2) = (new BatchNorm2d(to), new BatchNorm2d(to));
        }

        private Conv2d Conv1 { get; set => field = Register(value); }

        private BatchNorm2d Bn1 { get; set => field = Register(value); }

        private Conv2d Conv2 { get; set => field = Register(value); }

        private BatchNorm2d Bn2 { get; set => field = Register(value); }

        protected override Tensor Compute(Tensor x)
        {
            var way = Bn2.Forward(Conv2.Forward(Bn1.Forward(Conv1.Forward(x)).Relu()));
            if (_added > 0) x = x[.., .., (..).By(2), (..).By(2)].Pad(1, _added / 2, _added / 2);
            return (way + x).Relu();
        }
    }
}
