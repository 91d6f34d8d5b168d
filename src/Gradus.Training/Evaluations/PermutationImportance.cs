using Gradus.Data;

namespace Gradus.Training;

/// <summary>Asks a trained model of a table which of its columns it needs, by exchanging the cells of a column among the rows.</summary>
/// <remarks>
/// Breiman, "Random forests", 2001; partial dependence: Friedman, "Greedy function approximation: a gradient boosting machine", 2001. Of two columns that say
/// the same, neither may seem to be needed.
/// </remarks>
public static class PermutationImportance
{
    private const int CurvePoints = 17;
    private const int MostCurveRows = 500;
    private const int MostCategories = 20;

    /// <summary>The columns of a model, the one that is needed most first.</summary>
    /// <param name="model">A model of a table whose rows are samples.</param>
    /// <param name="data">Rows with targets as the model takes them: best those that it was not trained on.</param>
    /// <param name="repeats">How often each column is exchanged. Default: 5.</param>
    /// <param name="seed">The seed of the exchanges. Default: 0.</param>
    /// <param name="curves">For how many columns, from the first, partial dependence is computed. Default: 0.</param>
    /// <exception cref="GradusException">The model is of other data, or there are too few rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no repetitions.</exception>
    public static IReadOnlyList<ColumnImportance> Of(TrainedModel model, Dataset data, int repeats = 5, long seed = 0, int curves = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        if (model.Table is not { Words: null, Window: 0 } table || model.Reconstructs)
        {
            throw new GradusException($"importance: the model was trained on {model.Record.Data}; expected one that tells the target of a row of a table.");
        }

        if (data.Count < 2) throw new GradusException($"importance: {data.Count} rows; expected at least 2, whose cells can be exchanged.");
        var size = data.Inputs.Size;
        var inputs = new float[data.Count * size];
        data.Inputs.CopyRows([.. Enumerable.Range(0, data.Count)], inputs);
        var usual = ErrorOf(model, data);
        var columns = new List<(TableColumn Column, ColumnImportance Found, int[] Places)>();
        foreach (var (column, places) in Columns(table))
        {
            var growth = new double[repeats];
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                var order = Tensor.RandPerm(data.Count, generator: new Generator(seed, $"importance {column.Index} {repeat}")).ToArray<long>();
                growth[repeat] = ErrorOf(model, With(data, Exchanged(inputs, size, places, order))) - usual;
            }

            var mean = growth.Average();
            var deviation = Math.Sqrt(growth.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, repeats - 1));
            columns.Add((column, new ColumnImportance(column.Name, mean, deviation), places));
        }

        return [.. columns.OrderByDescending(static column => column.Found.Importance)
            .Select((column, place) => place >= curves ? column.Found
                : column.Found with { Curve = CurveOf(model, data, inputs, column.Column, column.Places) })];
    }

    // The parts of a date are one column.
    private static IEnumerable<(TableColumn Column, int[] Places)> Columns(TablePreprocessing table)
    {
        var first = 0;
        return table.Columns.Select(column => (Column: column, Places: Enumerable.Range((first += column.Width) - column.Width, column.Width)))
            .ToArray().GroupBy(static entry => entry.Column.Index)
            .Select(static group => (group.First().Column, group.SelectMany(static entry => entry.Places).ToArray()));
    }

    private static double ErrorOf(TrainedModel model, Dataset data)
    {
        var evaluation = Evaluation.Of(model.Network, data, model.TargetDeviation);
        return evaluation.RootMeanSquaredError ?? evaluation.Loss;
    }

    private static float[] Exchanged(float[] inputs, int size, int[] places, long[] order)
    {
        var exchanged = (float[])inputs.Clone();
        for (var row = 0; row < order.Length; row++)
        {
            foreach (var place in places) exchanged[row * size + place] = inputs[order[row] * size + place];
        }

        return exchanged;
    }

    private static Dataset With(Dataset data, float[] inputs) => data.WithInputs(Inputs.Of(inputs, data.Inputs.Size));

    private static PartialDependence[] CurveOf(TrainedModel model, Dataset data, float[] inputs, TableColumn column, int[] places)
    {
        // A date has several inputs, and no value that they could all have.
        if (column.Format.Part is not null) return [];
        var size = data.Inputs.Size;
        var rows = Math.Min(data.Count, MostCurveRows);
        if (column.Kind == ColumnKind.Text)
        {
            return [.. Enumerable.Range(0, Math.Min(places.Length, MostCategories)).Select(category => new PartialDependence(
                column.Categories[category], category, MeanOf([.. places.Select((_, other) => other == category ? 1f : 0)])))];
        }

        var values = Enumerable.Range(0, data.Count).Select(row => inputs[row * size + places[0]]).Order().ToArray();
        return [.. Enumerable.Range(0, CurvePoints).Select(point => values[(int)((values.Length - 1L) * point / (CurvePoints - 1))]).Distinct().Select(value =>
        {
            var number = (value * column.Deviation) + column.Mean;
            return new PartialDependence(column.Word(number), number, MeanOf([value]));
        })];

        double[] MeanOf(float[] cells)
        {
            var changed = inputs.AsSpan(0, rows * size).ToArray();
            for (var row = 0; row < rows; row++)
            {
                for (var place = 0; place < places.Length; place++) changed[row * size + places[place]] = cells[place];
            }

            var predictions = Evaluation.Predict(model.Network, Dataset.OfInputs(data.Name, data.InputShape, Inputs.Of(changed, size)))
                .SelectMany(batch => model.ToPredictions(batch.Outputs)).ToArray();
            var each = predictions.Length / rows;
            return [.. Enumerable.Range(0, each).Select(output => Enumerable.Range(0, rows).Average(row => (double)predictions[row * each + output]))];
        }
    }
}
