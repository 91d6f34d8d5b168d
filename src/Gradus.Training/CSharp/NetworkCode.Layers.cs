using Gradus.Nn;

namespace Gradus.Training;

// Layers of vectors and pictures.
internal sealed partial class NetworkCode
{
    private Value Forward(string name, Linear layer, Value x)
    {
        var (outputs, terms) = (layer.Weight.Shape[0], layer.Weight.Shape[1]);
        x = AsRows(x);
        var z = Padded(x.Rows, outputs);
        Body.Line(CodeText.Of($"// {name}: Linear, {terms} → {outputs}"));
        Product(x, terms, Weights.AddPanels(NumbersOf(layer.Weight.Value), outputs, terms), BiasOf(layer.Bias), z);
        Free(x);
        return z;
    }

    private void Product(Value x, int terms, string weights, string bias, Value z)
    {
        Body.Line(x.Rows == 1
            ? CodeText.Of($"Product.Vector({x.Code}, {terms}, {weights}, {bias}, {z.Code});")
            : CodeText.Of($"Product.Rows({x.Code}, {Table(CodeText.Of($"Product.Steps({x.Rows}, {x.Pitch})"))}, ") +
                CodeText.Of($"{Table(CodeText.Of($"Product.Steps({terms}, 1)"))}, {weights}, {bias}, {z.Pitch}, {z.Code});"));
    }

    /// <summary>What a linear layer reads: a picture as one row.</summary>
    private Value AsRows(Value x) => x.IsPicture ? Flatten("", x) : x;

    private Value Forward(string name, Conv2d layer, Value x)
    {
        var (outputs, channels) = (layer.Weight.Shape[0], layer.Weight.Shape[1]);
        var (kernelHeight, kernelWidth) = (layer.Weight.Shape[2], layer.Weight.Shape[3]);
        var (stride, padding, dilation) = (layer.Form.Plane.Stride, layer.Form.Plane.Padding, layer.Form.Plane.Dilation);
        var (height, width) = (x.Height + (2 * padding.Height), x.Width + (2 * padding.Width));
        var outHeight = ((height - (dilation.Height * (kernelHeight - 1)) - 1) / stride.Height) + 1;
        var outWidth = ((width - (dilation.Width * (kernelWidth - 1)) - 1) / stride.Width) + 1;
        Body.Line(CodeText.Of($"// {name}: Conv2d, {channels} → {outputs}, {kernelHeight} × {kernelWidth}"));
        var padded = padding == 0 ? x : Pad(x, height, width, padding);
        var (columnStep, rowStep) = x.IsPlanar ? (1, width) : (x.Pitch, width * x.Pitch);
        var starts = Table(CodeText.Of($"Windows.Starts({outHeight}, {outWidth}, {stride.Height * rowStep}, {stride.Width * columnStep})"));
        var places = Table(CodeText.Of($"Windows.Terms({channels}, {kernelHeight}, {kernelWidth}, ") +
            CodeText.Of($"{(x.IsPlanar ? height * width : 1)}, {dilation.Height * rowStep}, {dilation.Width * columnStep})"));
        Uses.Add("Windows");
        var z = Padded(outHeight * outWidth, outputs) with { Height = outHeight, Width = outWidth };
        var weights = Weights.AddPanels(NumbersOf(layer.Weight.Value), outputs, channels * kernelHeight * kernelWidth);
        Body.Line(CodeText.Of($"Product.Rows({padded.Code}, {starts}, {places}, {weights}, {BiasOf(layer.Bias)}, {z.Pitch}, {z.Code});"));
        Free(padded);
        return z;
    }

    private Value Pad(Value x, int height, int width, Size2 padding)
    {
        Uses.Add("Windows");
        var padded = New(height * width, x.Columns, x.Pitch) with { Height = height, Width = width, IsPlanar = x.IsPlanar };
        var (planes, numbers) = x.IsPlanar ? (x.Columns, 1) : (1, x.Pitch);
        Body.Line(CodeText.Of($"Windows.Pad({x.Code}, {planes}, {x.Height}, {x.Width * numbers}, ") +
            CodeText.Of($"{padding.Height}, {padding.Width * numbers}, {padded.Code});"));
        Free(x);
        return padded;
    }

    private Value Pool(string name, string kind, Size2 kernel, Size2 stride, Size2 padding, Value x)
    {
        Uses.Add("Pools");
        x = ChannelsLast(x);
        var outHeight = ((x.Height + (2 * padding.Height) - kernel.Height) / stride.Height) + 1;
        var outWidth = ((x.Width + (2 * padding.Width) - kernel.Width) / stride.Width) + 1;
        var z = Padded(outHeight * outWidth, x.Columns) with { Height = outHeight, Width = outWidth };
        Body.Line(CodeText.Of($"// {name}: {(kind == "Max" ? "MaxPool2d" : "AvgPool2d")}, {kernel.Height} × {kernel.Width}"));
        Body.Line(CodeText.Of($"Pools.{kind}(new({x.Height}, {x.Width}, {x.Pitch}, {kernel.Height}, {stride.Height}, {padding.Height}, ") +
            CodeText.Of($"{outHeight}, {outWidth}), {x.Code}, {z.Code});"));
        Free(x);
        return z;
    }

    private Value Forward(string name, BatchNorm2d layer, Value x)
    {
        Uses.Add("Norms");
        x = ChannelsLast(x);
        var (mean, variance) = (NumbersOf(layer.RunningMean!.Value), NumbersOf(layer.RunningVar!.Value));
        var weight = layer.Weight is { } given ? NumbersOf(given.Value) : Enumerable.Repeat(1f, mean.Length).ToArray();
        var bias = layer.Bias is { } shift ? NumbersOf(shift.Value) : new float[mean.Length];
        var epsilon = (float)layer.Epsilon;
        var factor = new float[mean.Length];
        for (var channel = 0; channel < factor.Length; channel++) factor[channel] = 1 / MathF.Sqrt(variance[channel] + epsilon) * weight[channel];
        Body.Line(CodeText.Of($"// {name}: BatchNorm2d, {mean.Length}"));
        Body.Line(CodeText.Of($"Norms.Channels({x.Code}, {Weights.Add(mean)}, {Weights.Add(factor)}, {Weights.Add(bias)});"));
        return x;
    }

    private Value Forward(string name, LayerNorm layer, Value x)
    {
        Uses.Add("Norms");
        var size = x.Columns;
        var weight = layer.Weight is { } given ? NumbersOf(given.Value) : Enumerable.Repeat(1f, size).ToArray();
        var bias = layer.Bias is { } shift ? NumbersOf(shift.Value) : new float[size];
        var z = Padded(x.Rows, size);
        Body.Line(CodeText.Of($"// {name}: LayerNorm, {size}"));
        var (weights, biases) = (Weights.Add(weight), Weights.Add(bias));
        Body.Open(CodeText.Of($"for (var row = 0; row < {x.Rows}; row++)"));
        Body.Line(CodeText.Of($"Norms.Row(Buffer({x.At} + (row * {x.Pitch}), {size}), {weights}, {biases}, ") +
            CodeText.Of($"{Identifiers.Number((float)layer.Epsilon)}f, Buffer({z.At} + (row * {z.Pitch}), {size}));"));
        Body.Close();
        Free(x);
        return z;
    }

    private Value ChannelsLast(Value x)
    {
        if (!x.IsPlanar) return x;
        Uses.Add("Windows");
        var z = Padded(x.Rows, x.Columns) with { Height = x.Height, Width = x.Width };
        Body.Line(CodeText.Of($"Windows.Transpose({x.Code}, {x.Columns}, {x.Rows}, {x.Rows}, {z.Code}, {z.Pitch});"));
        Free(x);
        return z;
    }

    /// <summary>One row: of a picture channel by channel.</summary>
    private Value Flatten(string name, Value x)
    {
        var count = checked(x.Rows * x.Columns);
        if (x.IsPlanar || (x.Pitch == x.Columns && !x.IsPicture) || (x.Rows == 1 && !x.IsPicture))
            return x with { Rows = 1, Columns = count, Pitch = x.IsPlanar || x.Rows > 1 ? count : x.Pitch, Height = 0, Width = 0, IsPlanar = false };
        Uses.Add("Windows");
        var z = New(1, count, count);
        if (name.Length > 0) Body.Line($"// {name}: Flatten");
        Body.Line(x.IsPicture
            ? CodeText.Of($"Windows.Transpose({x.Code}, {x.Rows}, {x.Columns}, {x.Pitch}, {z.Code}, {x.Rows});")
            : CodeText.Of($"Windows.Copy({x.Code}, {x.Rows}, {x.Columns}, {x.Pitch}, {z.Code}, {x.Columns});"));
        Free(x);
        return z;
    }

    private Value Forward(ResNet network, Value x)
    {
        x = Apply("relu", nameof(Relu), Forward("bn1", network.Bn1, Forward("conv1", network.Conv1, x)));
        if (network is ResNet18 large) x = Forward("maxpool", large.Maxpool, x);
        for (var stage = 0; stage < network.Stages.Count; stage++) x = Forward(CodeText.Of($"layer{stage + 1}"), network.Stages[stage], x);
        return Forward("fc", network.Fc, Mean("mean", x));
    }

    /// <summary>The mean over all places, or all rows.</summary>
    private Value Mean(string name, Value x)
    {
        Uses.Add("Sums");
        var z = New(1, x.Columns, x.Pitch);
        Body.Line(CodeText.Of($"// {name} of {x.Rows}"));
        Body.Line(CodeText.Of($"Sums.MeanOfRows({x.Code}, {x.Rows}, {x.Pitch}, {z.Code});"));
        Free(x);
        return z;
    }

    private Value Forward(string name, ResidualBlock block, Value x)
    {
        // The input is read twice, and its memory given back the second time.
        _held.Add(x.At);
        var main = Apply(Join(name, "relu"), nameof(Relu), Forward(Join(name, "bn1"), block.Bn1, Forward(Join(name, "conv1"), block.Conv1, x)));
        main = Forward(Join(name, "bn2"), block.Bn2, Forward(Join(name, "conv2"), block.Conv2, main));
        var shortcut = block.Downsample is { } downsample ? Forward(Join(name, "downsample"), downsample, x) : x;
        Body.Line($"// {name}: the sum of both");
        Body.Line($"Functions.Add({main.Code}, {shortcut.Code});");
        Free(shortcut);
        return Apply(name, nameof(Relu), main);
    }
}
