namespace Gradus;

/// <summary>What the norms have in common: the last axis is a row, axis 1 a channel.</summary>
internal static class Normalization
{
    /// <summary>The result of a norm of rows, and a number for each row.</summary>
    public static (Meta Output, Meta Row) Rows(string operation, Meta x)
    {
        if (x.Rank == 0) throw new GradusException($"{operation}: the input is {x}, a scalar, which has no rows.");
        return (x.Fresh(x.DType), new Meta(Shape.Create(x.Shape.AsSpan()[..^1]), x.DType));
    }

    /// <summary>The result of a norm of channels, and a number for each channel.</summary>
    public static (Meta Output, Meta Channel) Channels(string operation, Meta x)
    {
        if (x.Rank < 2) throw new GradusException($"{operation}: the input is {x}, expected [samples, channels, ...].");
        return (x.Fresh(x.DType), new Meta(Shape.Create([x.Shape[1]]), x.DType));
    }

    /// <summary>Holds that an input has a number for each position of an axis of x.</summary>
    public static void Require(string operation, Meta x, int axis, string name, Meta input)
    {
        if (input.Rank == 1 && input.Shape[0] == x.Shape[axis]) return;
        throw new GradusException($"{operation}: the input is {x}, the {name} {input}: expected [{x.Shape[axis]}].");
    }

    public static (nint Rows, nint Columns) Split(Shape x) => (x[-1] == 0 ? 0 : (nint)x.ElementCount / x[-1], x[-1]);

    public static (int Samples, int Channels, int Places) SplitChannels(Shape x)
    {
        var places = 1;
        for (var axis = 2; axis < x.Rank; axis++) places = checked(places * x[axis]);
        return (x[0], x[1], places);
    }

    /// <summary>[channels] → [channels, 1, …], to be broadcast against x.</summary>
    public static Tensor OnChannels(Tensor perChannel, Tensor x) => perChannel.Reshape([-1, .. Enumerable.Repeat(1, x.Rank - 2)]);
}
