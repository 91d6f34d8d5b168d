using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Gradus.Repo.Tests;

[Collection(nameof(ConsoleCollection))]
public partial class LessonsTests
{
    // The lines that a lesson must print, whatever stands between them.
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["L01-apples"] =
        [
            "price = 220.0", "d apple = 2.2", "d apple count = 110.0", "d tax = 200.0",
            "apples = 200.0", "oranges = 450.0", "all = 650.0", "price = 715.0", "d apple = 2.2", "d apple count = 110.0", "d orange = 3.3",
            "d orange count = 165.0", "d tax = 650.0",
            "d apples = 1.1", "d oranges = 1.1", "d all = 1.1",
        ],
        ["L02-local-nodes"] =
        [
            "Add: the gradient passes through", "dx = 1.3", "dy = 1.3",
            "Multiply: the gradient times the other input", "dx = 6.5", "dy = 13.0",
            "My own multiply", "dx = 6.5", "dy = 13.0",
        ],
        ["L03-chain-rule"] =
        [
            "square: z = t² = 49.0", "square: dz/dt = 2t = 14.0", "add: dz/dx = dz/dt · 1 = 14.0", "dz/dy = dz/dt · 1 = 14.0",
            "By the formula 2(x + y) = 14.0", "square", "add", "leaf", "leaf",
        ],
        ["L04-several-paths"] =
        [
            "path through u: dz/du · du/dx = 20.0 · 2.0 = 40.0", "path through v: dz/dv · dv/dx = 1.0 · 3.0 = 3.0", "dz/dx, their sum = 43.0",
            "it receives 0.1·1 − 0.4·2 + 0.7·3 = 1.4",
        ],
        ["L05-perceptron"] = ["0: Linear(2 → 4)", "1: Sigmoid()", "2: Linear(4 → 1)", "0: Perceptron(2 → 4)", "1: Perceptron(4 → 1)"],
        ["L06-worked-network"] =
        [
            "hidden = [[0.593269992, 0.596884378]]", "output = [[0.751365070, 0.772928465]]", "loss = 0.298371109",
            "W₂ =", "[[0.358916480, 0.408666186],", "[0.511301270, 0.561370121]]",
            "W₁ =", "[[0.149780716, 0.199561432],", "[0.249751144, 0.299502287]]",
        ],
        ["L07-two-layer-classifier"] = ["λ = 0: loss 2.960314786", "λ = 0.01: loss 3.087346686"],
        ["L08-two-three-one"] = ["output ŷ = [[0.564636292]]", "∂L/∂z₂ = [[-0.435363708]]", "ŷ − y = [[-0.435363708]]"],
        ["L09-network-class"] = ["hidden1: Linear(2 → 3)", "hidden2: Linear(3 → 2)", "output: Linear(2 → 1)"],
        ["L10-activations-and-losses"] =
        [
            "sigmoid [0.119202922, 0.377540669, 0.500000000, 0.622459331, 0.880797078]",
            "tanh [-0.964027580, -0.462117157, 0.000000000, 0.462117157, 0.964027580]",
            "relu [0.000000000, 0.000000000, 0.000000000, 0.500000000, 2.000000000]",
            "softmax [0.012554709, 0.056266301, 0.092767448, 0.152947665, 0.685463877], which add up to 1.000000000",
            "mean squared error 0.070000000", "binary cross-entropy 0.279776564", "cross-entropy 0.417030016",
            "gradient [[-0.340998861, 0.242432971, 0.098565890]]",
            "as one layer 0.000000000", "for the last class 2000.000000000",
        ],
        ["L11-convolution"] =
        [
            "convolution", "[[47, 57],", "[77, 87]]",
            "gradient of the kernel", "[[7, 9],", "[13, 15]]", "gradient of the bias [2]",
            "gradient of the input", "[[1, 1, -2],", "[5, 5, -4],", "[6, 8, 0]]",
            "max pooling", "[[4, 2],", "[6, 8]]", "gradient of its input", "[[0, 0, 2, 0],", "[1, 0, 0, 0],", "[0, 0, 0, 0],", "[0, 3, 0, 4]]",
            "mean pooling", "[[2.5, 1],", "[3, 5]]",
            "gradient of its input", "[[0.25, 0.25, 0.5, 0.5],", "[0.25, 0.25, 0.5, 0.5],", "[0.75, 0.75, 1, 1],", "[0.75, 0.75, 1, 1]]",
            "likeness of each place to the template", "[[0, 6, -6, -5, -1, -6],", "[6, 7, -1, -5, -6, -2],", "[16, 3, 4, 4, -2, 20],", "[8, -10, 0, 0, -1, 8]]",
            "peak 20 at [row, column] [2, 5]",
            "gradient of the template", "[[1, 1, 1],", "[0, 1, 0],", "[0, 1, 0]]",
            "gradient of the image", "[0, 0, 0, 0, 0, 4, 4, 4],", "[0, 0, 0, 0, 0, -5, 4, -5],", "[0, 0, 0, 0, 0, -5, 4, -5],", "[0, 0, 0, 0, 0, 0, 0, 0]]",
            "LeNet on digits: 61706 weights, 3000 digits to learn from",
        ],
        ["L12-lstm"] =
        [
            "Forward: the formulas, step by step, and the layer",
            "Backward through time: how much the last state depends on what was read at each step",
        ],
        ["L13-many-outputs"] =
        [
            "price loss 0.083314209", "class loss 0.574835471", "losses: price loss, class loss",
            "gradient of the report's weights: none, since the report is no loss",
        ],
        ["L14-autoencoder"] = [],
        ["L15-one-against-all"] = ["training on digits: 3000 digits"],
        ["L16-gradient-checking"] = [],
        ["L18-drawing-the-graph"] =
        [
            "apple: above 100, below 2.2", "apple_num: above 2, below 110", "t1 = apple * apple_num: above 200, below 1.1", "orange: above 150, below 3.3",
            "orange_num: above 3, below 165",
            "t3 = t1 + t2: above 650, below 1.1", "tax: above 1.1, below 650", "price = t3 * tax: above 715, below 1",
            "folded: x → Linear(2 → 3) → Sigmoid → Linear(3 → 2) → cross-entropy → mean",
            "open: x, 0.weight, 0.bias, t1, t2, 2.weight, 2.bias, t3, t4, loss",
            "∂price/∂apple = 2.2", "path 1: price ← t3 ← t1 ← apple", "= tax · 1 · apple_num", "= 1.1 · 1 · 2", "= 2.2",
        ],
        ["L17-reading-a-network"] = [],
    };

    private static readonly Dictionary<string, string[]> Printed = [];

    public static TheoryData<string> Names =>
    [
        .. Directory.GetFiles(Repository.At("samples/lessons"), "*.cs").Select(static file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lesson_compiles_runs_and_prints_its_numbers(string name)
    {
        // given
        Assert.True(Expected.TryGetValue(name, out var expected), $"{name} has no numbers here to hold it to.");

        // when
        var lines = Lines(name);

        // then
        Assert.NotEmpty(lines);
        var next = 0;
        foreach (var line in expected)
        {
            var at = Array.IndexOf(lines, line, next);
            if (at < 0) Assert.Fail($"{name} does not print '{line}' after line {next}:\n{string.Join('\n', lines)}");
            next = at + 1;
        }
    }

    [Fact]
    public void Every_lesson_that_is_listed_is_there() => Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), Names.Select(static row => row.Data));

    [Fact]
    public void Perceptrons_of_three_kinds_learn_exclusive_or()
    {
        // when
        var losses = Numbers(Lines("L05-perceptron"), @"^loss at last ([\d.]+) after \d+ rounds$");

        // then
        Assert.Equal(3, losses.Length);
        Assert.All(losses, static loss => Assert.InRange(loss, 0, 1e-3));
    }

    [Fact]
    public void Gradients_by_hand_are_those_of_the_engine()
    {
        // when
        var differences = Numbers(Lines("L07-two-layer-classifier"), @"^∂\S+ (\S+)$");

        // then
        Assert.Equal(8, differences.Length);
        Assert.All(differences, static difference => Assert.InRange(difference, 0, 1e-12));
    }

    [Fact]
    public void The_network_class_learns_in_500_rounds_of_adam_and_not_of_gradient_descent()
    {
        // when
        var lines = Lines("L09-network-class");
        var losses = Numbers(lines, @"^round \d+: loss ([\d.]+)$");

        // then
        Assert.Equal(12, losses.Length);
        Assert.Equal(losses[..6].OrderDescending(), losses[..6]);
        Assert.InRange(losses[5], 0.95 * Numbers(lines, @"^always 0.25: loss ([\d.]+)$").Single(), 0.1875);
        Assert.InRange(losses[11], 0, 1e-3);
    }

    [Fact]
    public void The_formulas_of_the_lstm_are_those_of_the_layer_and_later_steps_count_more()
    {
        // when
        var lines = Lines("L12-lstm");

        // then
        Assert.InRange(Numbers(lines, @"^greatest difference (\S+)$").Single(), 0, 1e-6);
        var dependence = Numbers(lines, @"^step \d: (\S+)$");
        Assert.Equal(5, dependence.Length);
        Assert.True(dependence[0] > 0 && dependence[0] < dependence[^1] / 5, string.Join(' ', dependence));
    }

    [Fact]
    public void The_lstm_learns_names_and_makes_up_its_own()
    {
        // given: a tenth of the rounds
        var file = SharedData.Find("text", "makemore-names.txt");

        // when
        var lines = Lines("L12-lstm", file, "300");

        // then
        var losses = Numbers(lines, @"^round \d+: loss ([\d.]+)$");
        Assert.Equal(6, losses.Length);
        Assert.InRange(losses[0], 3.2, 3.4);
        Assert.InRange(Numbers(lines, @"^names that it has not seen: loss ([\d.]+)$").Single(), 1.9, 2.3);
        Assert.Contains("32033 names of 26 letters", lines);
        var own = lines[^10..];
        Assert.All(own, static name => Assert.Matches("^[a-z]{1,20}$", name));
        Assert.True(own.Distinct().Count() > 7);
    }

    [Fact]
    public void Heads_together_give_the_sum_of_the_heads_one_by_one()
    {
        // when
        var lines = Lines("L13-many-outputs");

        // then
        var together = Array.IndexOf(lines, "gradient of the body, from both losses at once");
        var oneByOne = Array.IndexOf(lines, "the same, loss by loss");
        Assert.True(together >= 0 && oneByOne == together + 3);
        Assert.Equal(lines[(together + 1)..(together + 3)], lines[(oneByOne + 1)..(oneByOne + 3)]);
    }

    [Fact]
    public void The_autoencoder_lowers_its_loss_a_hundredfold()
    {
        // when
        var losses = Numbers(Lines("L14-autoencoder"), @"^round \d+: loss ([\d.]+)$");

        // then
        Assert.True(losses[^1] < losses[0] / 100, $"from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void The_gradient_check_finds_the_wrong_derivative_and_only_that()
    {
        // when
        var verdicts = Lines("L16-gradient-checking")
            .Where(static line => line.StartsWith("gradient check", StringComparison.Ordinal)).Select(static line => line.Contains("DISAGREE"));

        // then
        Assert.Equal([false, true, false], verdicts);
    }

    [Fact]
    public void The_convolutional_network_learns_the_digits()
    {
        // when
        var right = Numbers(Lines("L11-convolution"), @"^epoch \d+: loss [\d.]+, right on ([\d.]+) % of 1000 other digits$");

        // then
        Assert.Equal(2, right.Length);
        Assert.InRange(right[1], 92, 100);
    }

    [Fact]
    public void The_convolutional_network_learns_real_digits()
    {
        // given
        var folder = Repository.SharedData("mnist");

        // when: one epoch of the five
        var right = Numbers(Lines("L11-convolution", folder, "1"), @"^epoch \d+: loss [\d.]+, right on ([\d.]+) % of 10000 other digits$");

        // then
        Assert.InRange(Assert.Single(right), 97, 100);
    }

    [Fact]
    public void Ten_outputs_one_against_all_lower_their_cost_and_tell_the_digits()
    {
        // when
        var lines = Lines("L15-one-against-all");

        // then
        var cost = Assert.Single(lines, static line => line.StartsWith("cost at first ", StringComparison.Ordinal));
        Assert.Matches(@"^cost at first ([\d.]+), on paper \1$", cost);
        var differences = Numbers(lines, @"^∂\S+ (\S+)$");
        Assert.Equal(4, differences.Length);
        Assert.All(differences, static difference => Assert.InRange(difference, 0, 1e-6));
        var costs = Numbers(lines, @"^after \d+ iterations: cost ([\d.]+)$");
        Assert.Equal(5, costs.Length);
        Assert.Equal(costs.OrderDescending(), costs);
        Assert.InRange(Assert.Single(Numbers(lines, @"^right digits: .* ([\d.]+) % of 1000 others$")), 95, 100);
    }

    [Fact]
    public void Ten_outputs_one_against_all_tell_real_digits()
    {
        // given
        var folder = Repository.SharedData("mnist");

        // when: 60 iterations of the 400
        var right = Numbers(Lines("L15-one-against-all", folder, "3"), @"^right digits: .* ([\d.]+) % of 10000 others$");

        // then
        Assert.InRange(Assert.Single(right), 90, 100);
    }

    [Fact]
    public void The_shares_of_the_pixels_add_up_and_blacking_out_what_they_name_hurts_most()
    {
        // given
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        // when
        var lines = Lines("L17-reading-a-network", file);
        var picture = File.ReadAllText(file);
        File.Delete(file);

        // then
        Assert.InRange(Assert.Single(Numbers(lines, @"^right on ([\d.]+) %")), 90, 100);
        var difference = Assert.Single(Numbers(lines, @"^f\(digit\) − f\(black\) = (\S+)$"));
        Assert.Equal(difference, Assert.Single(Numbers(lines, @"^integrated gradients add up to ([^,]+),")), 0.02 * difference);
        var left = Numbers(lines, @"^(?:by chance|gradient|gradient × input|integrated gradients|SmoothGrad|Grad-CAM|occlusion) ([\d.]+)$");
        var (asItIs, byChance) = (Assert.Single(Numbers(lines, @"as it is: ([\d.]+)$")), left[0]);
        Assert.Equal(7, left.Length);
        Assert.All([left[1], left[2], left[3], left[4], left[6]], of => Assert.InRange(of, 0, byChance - 0.15));
        Assert.InRange(left[5], 0, byChance);
        Assert.InRange(byChance, 0, asItIs);
        Assert.StartsWith("<svg ", picture);
    }

    [Fact]
    public async Task A_lesson_runs_with_one_command()
    {
        if (Environment.GetEnvironmentVariable("GRADUS_LESSONS") is not null)
        {
            // All of them have been run so.
            Assert.Contains("price = 715.0", Lines("L01-apples"));
            return;
        }

        // given
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo("dotnet", ["run", "samples/lessons/L01-apples.cs"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));

        // when
        process.Start();
        await using var end = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        // then
        Assert.False(limit.IsCancellationRequested, "dotnet run did not end within 3 minutes.");
        Assert.True(process.ExitCode == 0, output + await errors);
        Assert.Contains("price = 715.0", output.Split('\n').Select(Squeeze));
    }

    /// <summary>What a lesson prints, line by line, without the spaces that only align; as .ci/lessons has run it by its own command, where it has.</summary>
    private static string[] Lines(string name, params string[] args)
    {
        // Several tests look at a lesson, which need not run for each.
        var call = string.Join(' ', [name, .. args]);
        if (!Printed.TryGetValue(call, out var lines))
        {
            Printed.Add(call, lines = args.Length == 0 && Environment.GetEnvironmentVariable("GRADUS_LESSONS") is { } folder
                ? Squeezed(File.ReadAllText(Path.Combine(folder, name + ".txt")))
                : Run(name, args));
        }

        return lines;
    }

    private static string[] Run(string name, string[] args) =>
        Squeezed(CompiledProgram.Run(name + ".cs", File.ReadAllText(Repository.At($"samples/lessons/{name}.cs")), args)!);

    private static string[] Squeezed(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Squeeze)];

    private static string Squeeze(string line) => Spaces.Replace(line.Trim(), " ").Replace("[ ", "[");

    private static double[] Numbers(string[] lines, string pattern) =>
        [.. lines.Select(line => Regex.Match(line, pattern))
            .Where(static match => match.Success).Select(static match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(" +")]
    private static partial Regex Spaces { get; }
}
