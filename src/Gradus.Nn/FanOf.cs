namespace Gradus.Nn;

/// <summary>Uniform in ±1/√(fan in of a weight): how PyTorch's layers begin, their biases after their weights.</summary>
/// <param name="Weight">The weight, which may get its shape later; null stands for the parameter itself.</param>
internal sealed record FanOf(Parameter? Weight) : Init, IDependentInit
{
    Parameter? IDependentInit.Source => Weight;

    public override Tensor Create(Shape shape, Generator generator)
    {
        var fan = (Weight?.Shape ?? shape).AsSpan()[1..];
        var count = 1L;
        foreach (var size in fan) count *= size;
        return InverseSquareRoot((int)Math.Min(count, int.MaxValue)).Create(shape, generator);
    }

    public override string ToString() => "FanOf";
}
