namespace Gradus.Nn;

/// <summary>A batch norm in use is a fixed affine map of each channel, which the layer before it can do at no cost.</summary>
public static class Fusion
{
    /// <summary>One convolution that does what both do in use.</summary>
    /// <exception cref="GradusException">The norm keeps no running statistics, or its channels are not the convolution's.</exception>
    public static Conv1d Fuse(Conv1d layer, BatchNorm1d norm)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var (weight, bias) = Fuse(layer.Weight, layer.Bias, norm);
        var (shape, windows) = (weight.Shape, layer.Form.Plane);
        return new Conv1d(shape[1] * windows.Groups, shape[0], shape[2], new()
        {
            Stride = windows.Stride.Width,
            Padding = windows.Padding.Width,
            Dilation = windows.Dilation.Width,
            Groups = windows.Groups,
            PaddingMode = layer.PaddingMode,
        })
        {
            Weight = new Parameter(weight),
            Bias = new Parameter(bias),
        };
    }

    /// <summary>One convolution that does what both do in use.</summary>
    /// <exception cref="GradusException">The norm keeps no running statistics, or its channels are not the convolution's.</exception>
    public static Conv2d Fuse(Conv2d layer, BatchNorm2d norm)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var (weight, bias) = Fuse(layer.Weight, layer.Bias, norm);
        var (shape, windows) = (weight.Shape, layer.Form.Plane);
        return new Conv2d(shape[1] * windows.Groups, shape[0], (shape[2], shape[3]), new()
        {
            Stride = windows.Stride,
            Padding = windows.Padding,
            Dilation = windows.Dilation,
            Groups = windows.Groups,
            PaddingMode = layer.PaddingMode,
        })
        {
            Weight = new Parameter(weight),
            Bias = new Parameter(bias),
        };
    }

    /// <summary>One convolution that does what both do in use.</summary>
    /// <exception cref="GradusException">The norm keeps no running statistics, or its channels are not the convolution's.</exception>
    public static Conv3d Fuse(Conv3d layer, BatchNorm3d norm)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var (weight, bias) = Fuse(layer.Weight, layer.Bias, norm);
        var (shape, windows) = (weight.Shape, layer.Form.Volume);
        return new Conv3d(shape[1] * windows.Groups, shape[0], (shape[2], shape[3], shape[4]), new()
        {
            Stride = windows.Stride,
            Padding = windows.Padding,
            Dilation = windows.Dilation,
            Groups = windows.Groups,
            PaddingMode = layer.PaddingMode,
        })
        {
            Weight = new Parameter(weight),
            Bias = new Parameter(bias),
        };
    }

    /// <summary>One linear layer that does what both do in use.</summary>
    /// <exception cref="GradusException">The norm keeps no running statistics, or its channels are not the layer's outputs.</exception>
    public static Linear Fuse(Linear layer, BatchNorm1d norm)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var (weight, bias) = Fuse(layer.Weight, layer.Bias, norm);
        return new Linear(weight.Shape[1], weight.Shape[0]) { Weight = new Parameter(weight), Bias = new Parameter(bias) };
    }

    private static (Tensor Weight, Tensor Bias) Fuse(Tensor weight, Parameter? bias, BatchNorm norm)
    {
        ArgumentNullException.ThrowIfNull(norm);
        if (norm.RunningMean is null) throw new GradusException("fuse: the norm keeps no running statistics, so that its result depends on the batch.");
        if (norm.RunningMean.Value.Shape[0] != weight.Shape[0])
        {
            throw new GradusException($"fuse: expected a norm of {weight.Shape[0]} channels, got {norm.RunningMean.Value.Shape[0]}.");
        }

        using var noGrad = new NoGrad();
        var factor = (norm.RunningVar!.Value + norm.Epsilon).Rsqrt();
        if (norm.Weight is not null) factor *= norm.Weight;
        var shift = (bias is null ? -norm.RunningMean.Value : bias.Value - norm.RunningMean.Value) * factor;
        if (norm.Bias is not null) shift += norm.Bias;
        return ((weight.Flatten(1) * factor.Unsqueeze(1)).Reshape(weight.Shape), shift);
    }
}
