namespace Gradus.Nn;

/// <summary>How many multiply-adds an operator took, read from the shapes at its node. What is not a product counts as none.</summary>
internal static class MultiplyAdds
{
    public static long Of(Node node)
    {
        if (node.Op is null) return 0;
        Shape First(int index) => node.Inputs[index].Shape;
        long Elements(int index) => First(index).ElementCount;
        return node.Op.Name switch
        {
            "matmul" or "linear" => node.OutputShape().ElementCount * First(0)[-1],
            "conv2d" => node.OutputShape().ElementCount * (Elements(1) / First(1)[0]),
            "convTranspose2d" => Elements(0) * (Elements(1) / First(1)[0]),
            // Queries with keys, and the weights with the values.
            "attention" => (Elements(0) * First(1)[-2]) + (Elements(0) / First(0)[-1] * First(1)[-2] * First(2)[-1]),
            "selfAttention" => 2 * (Elements(0) / 3) * First(0)[-2],
            "lstm" => Elements(0) / First(0)[-1] * (Elements(3) + Elements(4)),
            "gru" => Elements(0) / First(0)[-1] * (Elements(2) + Elements(3)),
            _ => 0,
        };
    }
}
