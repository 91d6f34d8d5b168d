namespace Gradus.Nn;

/// <summary>A multi-layer perceptron: linear layers with ReLU between them. Inputs of any shape are flattened first.</summary>
public static class Mlp
{
    /// <summary>A perceptron from <paramref name="inputs"/> numbers over the hidden layers to <paramref name="outputs"/> numbers.</summary>
    /// <param name="inputs">Numbers in a sample.</param>
    /// <param name="hidden">The sizes of the hidden layers; none gives a linear model.</param>
    /// <param name="outputs">Classes, or targets.</param>
    /// <returns>Flatten, then Linear and ReLU in turn, ending with a Linear.</returns>
    /// <exception cref="GradusException">A size is not positive.</exception>
    public static Sequential Create(int inputs, ReadOnlySpan<int> hidden, int outputs)
    {
        var layers = new Sequential(new Flatten());
        foreach (var size in hidden)
        {
            layers.Add(new Linear(inputs, size, init: null));
            layers.Add(new Relu());
            inputs = size;
        }

        layers.Add(new Linear(inputs, outputs));
        return layers;
    }
}
