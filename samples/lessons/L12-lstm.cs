#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 12: the LSTM, forward and backward through time.
//
// It reads a sequence step by step and carries two things along: h, what it shows, and c, what it remembers. Three gates between 0 and 1 say how much of c
// stays (f), how much new (g) is let in (i), and how much of it is shown (o):
//
//     i, f, o = σ(…), g = tanh(…) of x·Wᵀ + b + h·Uᵀ + d,    c ← f·c + i·g,    h ← o·tanh(c)
//
// At the end it learns names from a file with one on each line, letter by letter, and makes up some of its own:
//
//     dotnet run samples/lessons/L12-lstm.cs names.txt

using System.Globalization;
using Gradus;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var lstm = new Lstm(inputs: 2, hidden: 3, new() { BatchFirst = true });
lstm.Initialize(seed: 12);
var sequence = Tensor.Randn([1, 5, 2], generator: new Generator(seed: 12)).RequireGrad();   // [batch, time, inputs]
var (states, _) = lstm.Forward(sequence);

Console.WriteLine("Forward: the formulas, step by step, and the layer");
var weights = lstm.State();
Tensor h = Tensor.Zeros([1, 3]), c = Tensor.Zeros([1, 3]);
var difference = 0.0;
for (var step = 0; step < 5; step++)
{
    var x = sequence[.., step];
    var gates = x.MatMul(weights["weight_ih_l0"].Transpose()) + weights["bias_ih_l0"] + h.MatMul(weights["weight_hh_l0"].Transpose()) + weights["bias_hh_l0"];
    Tensor i = gates[.., 0..3].Sigmoid(), f = gates[.., 3..6].Sigmoid(), g = gates[.., 6..9].Tanh(), o = gates[.., 9..12].Sigmoid();
    c = (f * c) + (i * g);
    h = o * c.Tanh();
    difference = Math.Max(difference, (h - states[.., step]).Abs().Max().Item());
}

Console.WriteLine($"greatest difference {difference:E1}");

Console.WriteLine("Backward through time: how much the last state depends on what was read at each step");
states[.., 4].Sum().Backward();
for (var step = 0; step < 5; step++) Console.WriteLine($"step {step}: {sequence.Grad![0, step].Norm().Item():F4}");

var path = args.Length > 0 ? args[0] : "../shared/data/text/makemore-names.txt";
var rounds = args.Length > 1 ? int.Parse(args[1]) : 3000;
if (!File.Exists(path))
{
    Console.WriteLine($"There is no {path} to learn names from; name a file that has one on each line.");
    return;
}

// A full stop stands before and after each name: so the network learns how names begin, and where they end.
string[] names = [.. File.ReadAllLines(path).Where(static name => name.Length > 0).Select(static name => $".{name}.")];
var letters = string.Concat(names.SelectMany(static name => name).Distinct().Order());
string[] heldOut = [.. names.Where(static (_, index) => index % 20 == 0)], train = [.. names.Where(static (_, index) => index % 20 != 0)];
Console.WriteLine($"{names.Length} names of {letters.Length - 1} letters");

var network = new NameNetwork(letters.Length, hidden: 128);
network.Initialize(seed: 12);
var optimizer = new AdamW(network.Parameters(), learningRate: 0.005);
var schedule = Schedule.Cosine(rounds);
var random = new Generator(seed: 12);
for (var round = 0; round < rounds; round++)
{
    optimizer.LearningRate = 0.005 * schedule.At(round);
    optimizer.ZeroGrad();
    var loss = Loss([.. (Tensor.Rand([64], generator: random) * train.Length).ToArray<int>().Select(row => train[row])]);
    if (round % Math.Max(1, rounds / 6) == 0) Console.WriteLine($"round {round,4}: loss {loss:F4}");
    loss.Backward();
    optimizer.Step();
}

using var noGrad = new NoGrad();
Console.WriteLine($"names that it has not seen: loss {Loss(heldOut):F4}");
Console.WriteLine("ten of its own:");
for (var count = 0; count < 10; count++) Console.WriteLine($"  {MakeUp()}");

// The mean cross-entropy of each letter, given those before it. Shorter names are filled up; what is told of the filling (label −1) does not count.
Tensor Loss(string[] batch)
{
    var longest = batch.Max(static name => name.Length) - 1;
    int[] inputs = [.. batch.SelectMany(name => name[..^1].PadRight(longest, '.')).Select(letter => letters.IndexOf(letter))];
    int[] next = [.. batch.SelectMany(name => name[1..].PadRight(longest, ' ')).Select(letter => letters.IndexOf(letter))];
    var (logits, _) = network.Forward(new LetterInput(Tensor.From(inputs, [batch.Length, longest])));
    return Losses.CrossEntropy(logits.Flatten(0, 1), Tensor.From(next, [next.Length]), ignoreIndex: -1);
}

// Letter by letter: each is drawn from what the network holds for likely, and read in its turn.
string MakeUp()
{
    var name = "";
    var input = new LetterInput(Tensor.Of([[letters.IndexOf('.')]]));
    while (name.Length < 20)
    {
        var (logits, state) = network.Forward(input);
        var letter = logits[0, 0].Softmax().Multinomial(1, generator: random);
        if (letters[letter.Item<int>()] == '.') break;
        name += letters[letter.Item<int>()];
        input = new LetterInput(letter.Unsqueeze(0), state);
    }

    return name;
}

// Letters [batch, time], and the state after those before them.
internal readonly record struct LetterInput(Tensor Letters, (Tensor Hidden, Tensor Cell)? State = null);

internal sealed class NameNetwork : Module<LetterInput, (Tensor Logits, (Tensor Hidden, Tensor Cell) State)>
{
    public NameNetwork(int letters, int hidden) =>
        (Embedding, Lstm, Output) = (new Embedding(letters, 32), new Lstm(32, hidden, new() { BatchFirst = true }), new Linear(hidden, letters));

    private Embedding Embedding { get; set => field = Register(value); }

    private Lstm Lstm { get; set => field = Register(value); }

    private Linear Output { get; set => field = Register(value); }

    protected override (Tensor Logits, (Tensor Hidden, Tensor Cell) State) Compute(LetterInput input)
    {
        var (states, last) = Lstm.Forward(new LstmInput(Embedding.Forward(input.Letters), input.State));
        return (Output.Forward(states), last);
    }
}
