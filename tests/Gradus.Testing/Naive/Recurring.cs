namespace Gradus.Testing.Naive;

/// <summary>Recurrent layers by their formulas, one number at a time.</summary>
internal static class Recurring
{
    public static NArray[] Lstm(NArray[] a, bool batchFirst)
    {
        var (x, size) = (a[0], a[1].Shape[1]);
        double[,] hidden = State(a[1]), cell = State(a[2]);
        var output = new Dictionary<(int Sample, int Step, int Unit), double>();
        Walk(x, batchFirst, (sample, step, row) =>
        {
            var before = Row(hidden, sample);
            double Gate(int gate, int unit) => Affine(row, a[3], a[5], (gate * size) + unit) + Affine(before, a[4], a[6], (gate * size) + unit);
            for (var unit = 0; unit < size; unit++)
            {
                cell[sample, unit] = (Sigmoid(Gate(1, unit)) * cell[sample, unit]) + (Sigmoid(Gate(0, unit)) * Math.Tanh(Gate(2, unit)));
                output[(sample, step, unit)] = hidden[sample, unit] = Sigmoid(Gate(3, unit)) * Math.Tanh(cell[sample, unit]);
            }
        });
        return [Sequence(x, size, batchFirst, output), Matrix(hidden), Matrix(cell)];
    }

    public static NArray[] Gru(NArray[] a, bool batchFirst)
    {
        var (x, size) = (a[0], a[1].Shape[1]);
        var hidden = State(a[1]);
        var output = new Dictionary<(int Sample, int Step, int Unit), double>();
        Walk(x, batchFirst, (sample, step, row) =>
        {
            var before = Row(hidden, sample);
            double Input(int gate, int unit) => Affine(row, a[2], a[4], (gate * size) + unit);
            double Own(int gate, int unit) => Affine(before, a[3], a[5], (gate * size) + unit);
            for (var unit = 0; unit < size; unit++)
            {
                var update = Sigmoid(Input(1, unit) + Own(1, unit));
                var candidate = Math.Tanh(Input(2, unit) + (Sigmoid(Input(0, unit) + Own(0, unit)) * Own(2, unit)));
                output[(sample, step, unit)] = hidden[sample, unit] = ((1 - update) * candidate) + (update * before[unit]);
            }
        });
        return [Sequence(x, size, batchFirst, output), Matrix(hidden)];
    }

    private static void Walk(NArray x, bool batchFirst, Action<int, int, double[]> visit)
    {
        var (samples, steps) = batchFirst ? (x.Shape[0], x.Shape[1]) : (x.Shape[1], x.Shape[0]);
        for (var step = 0; step < steps; step++)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                visit(sample, step, [.. Enumerable.Range(0, x.Shape[2]).Select(unit => batchFirst ? x[sample, step, unit] : x[step, sample, unit])]);
            }
        }
    }

    private static NArray Sequence(NArray x, int size, bool batchFirst, Dictionary<(int Sample, int Step, int Unit), double> output) =>
        NArray.Build([x.Shape[0], x.Shape[1], size],
            position => output[batchFirst ? (position[0], position[1], position[2]) : (position[1], position[0], position[2])]);

    private static double Affine(double[] row, NArray weight, NArray bias, int output) =>
        bias[output] + row.Select((value, input) => value * weight[output, input]).Sum();

    private static double[,] State(NArray x)
    {
        var state = new double[x.Shape[0], x.Shape[1]];
        foreach (var position in NArray.Positions(x.Shape)) state[position[0], position[1]] = x[position];
        return state;
    }

    private static NArray Matrix(double[,] state) => NArray.Build([state.GetLength(0), state.GetLength(1)], position => state[position[0], position[1]]);

    private static double[] Row(double[,] state, int row) => [.. Enumerable.Range(0, state.GetLength(1)).Select(column => state[row, column])];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
