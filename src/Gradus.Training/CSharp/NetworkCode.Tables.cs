using Gradus.Nn;

namespace Gradus.Training;

// An ensemble for rows of a table: a row of the values for each member.
internal sealed partial class NetworkCode
{
    private Value Forward(string name, TableNetwork network, Value x)
    {
        var members = network.Members;
        var row = AsRows(x);
        // The row is read twice, and its memory given back the second time.
        _held.Add(row.At);
        x = Apply(Join(name, "first"), nameof(Relu), Forward(Join(name, "first"), network.First, Features(name, network, row)));
        var width = x.Columns / members;
        x = x with { Rows = members, Columns = width, Pitch = width };
        for (var layer = 0; layer < network.Hidden.Count; layer++)
        {
            var hidden = Join(name, CodeText.Of($"hidden.{layer}"));
            x = Apply(hidden, nameof(Relu), Forward(hidden, network.Hidden[layer], x));
        }

        x = Forward(Join(name, "out"), network.Out, x);
        AddToEach(x, Forward(Join(name, "skip"), network.Skip, row));
        return network.AreClasses ? Mixture(x) : Mean("the mean of the members,", x);
    }

    /// <summary>What the first layer reads: the vectors of the numbers, then the categories.</summary>
    private Value Features(string name, TableNetwork network, Value x)
    {
        if (network.Numbers is not { } curves) return x;
        if (network.CategoryInputs.Count == 0) return Forward(Join(name, "numbers"), curves, x);
        Body.Line("// the numbers, apart from the categories");
        var numbers = Padded(1, network.NumberInputs.Count);
        Copy(x, network.NumberInputs, numbers, 0);
        var vectors = Forward(Join(name, "numbers"), curves, numbers);
        var features = Padded(1, vectors.Columns + network.CategoryInputs.Count);
        Body.Line("// the vectors, then the categories");
        Body.Line(CodeText.Of($"Buffer({vectors.At}, {vectors.Columns}).CopyTo({features.Code});"));
        Copy(x, network.CategoryInputs, features, vectors.Columns);
        Free(vectors);
        Free(x);
        return features;
    }

    /// <summary>Copies some numbers of a row, those that are neighbors together.</summary>
    private void Copy(Value x, IReadOnlyList<int> places, Value z, int at)
    {
        for (var first = 0; first < places.Count;)
        {
            var end = first + 1;
            while (end < places.Count && places[end] == places[end - 1] + 1) end++;
            Body.Line(CodeText.Of($"Buffer({x.At + places[first]}, {end - first}).CopyTo(Buffer({z.At + at + first}, {end - first}));"));
            first = end;
        }
    }

    private Value Forward(string name, PiecewiseLinear layer, Value x)
    {
        Uses.UnionWith(["Bins", nameof(Relu)]);
        var (features, terms, width) = (layer.Weight.Shape[0], layer.Weight.Shape[1], layer.Weight.Shape[2]);
        Body.Line(CodeText.Of($"// {name}: PiecewiseLinear, {features} × ({terms - 1} bins → {width})"));
        var bins = Padded(features, terms);
        var low = AddRows(NumbersOf(layer.Low!.Value), features, terms - 1, bins.Pitch);
        var scale = AddRows(NumbersOf(layer.Scale!.Value), features, terms - 1, bins.Pitch);
        Body.Line(CodeText.Of($"Bins.Fill(Buffer({x.At}, {features}), {low}, {scale}, {terms - 1}, {bins.Code});"));
        Free(x);
        return Flatten(name, Apply(name, nameof(Relu), EachByItsOwn(bins, layer.Weight, layer.Bias)));
    }

    private Value Forward(string name, MemberLinear layer, Value x)
    {
        Body.Line(CodeText.Of($"// {name}: MemberLinear, {x.Rows} × ({layer.Weight.Shape[1]} → {layer.Weight.Shape[2]})"));
        return EachByItsOwn(x, layer.Weight, layer.Bias);
    }

    /// <summary>Each row times its own matrix, [rows, terms, outputs], + bias.</summary>
    private Value EachByItsOwn(Value x, Parameter weight, Parameter bias)
    {
        Uses.Add("Members");
        var (rows, terms, outputs) = (x.Rows, weight.Shape[1], weight.Shape[2]);
        var z = Padded(rows, outputs);
        var (numbers, at) = (NumbersOf(weight.Value.Transpose(1, 2)), Weights.Count);
        for (var row = 0; row < rows; row++) Weights.AddPanels(numbers.AsSpan(row * outputs * terms, outputs * terms), outputs, terms);
        var weights = CodeText.Of($"Weights({at}, {Weights.Count - at})");
        Body.Line(CodeText.Of($"Members.Multiply({x.Code}, {x.Pitch}, {terms}, {weights}, ") +
            CodeText.Of($"{AddRows(NumbersOf(bias.Value), rows, outputs, z.Pitch)}, {z.Pitch}, Buffer({z.At}, {rows * z.Pitch}));"));
        Free(x);
        return z;
    }

    /// <summary>Keeps the rows of a matrix, each with zeros up to a pitch.</summary>
    private string AddRows(float[] matrix, int rows, int columns, int pitch)
    {
        var spread = new float[checked(rows * pitch)];
        for (var row = 0; row < rows; row++) matrix.AsSpan(row * columns, columns).CopyTo(spread.AsSpan(row * pitch));
        return Weights.Add(spread);
    }

    private void AddToEach(Value rows, Value added)
    {
        Body.Line(CodeText.Of($"for (var row = 0; row < {rows.Rows}; row++) ") +
            CodeText.Of($"Functions.Add(Buffer({rows.At} + (row * {rows.Pitch}), {rows.Pitch}), {added.Code});"));
        Free(added);
    }

    private Value Mixture(Value x)
    {
        Uses.Add("Mixture");
        var z = New(1, x.Columns, x.Pitch);
        Body.Line("// the logarithm of the mean of the members' probabilities");
        Body.Line(CodeText.Of($"Mixture.LogOfMean({x.Code}, {x.Columns}, {x.Pitch}, {Identifiers.Number((float)Math.Log(x.Rows))}f, {z.Code});"));
        Free(x);
        return z;
    }
}
