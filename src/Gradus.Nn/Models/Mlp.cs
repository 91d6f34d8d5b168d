namespace Gradus.Nn;

/// <summary>A multi-layer perceptron: linear layers with ReLU between them. Inputs of any shape are flattened first.</summary>
public static class Mlp
{
    /// <summary>A perceptron from <paramref name="inputs"/> numbers over the hidden layers to <paramref name="outputs"/> numbers.</summary>
    /// <param name="inputs">Numbers in a sample.</param>
    /// <param name="hidden">The sizes of the hidden layers; none gives a linear model.</param>
    /// <param name="outputs">Classes, or targets.</param>
    /// <param name="dropout">The share of hidden numbers that training drops, in [0, 1]. Default: 0, none, and no layer for it.</param>
    /// <returns>Flatten, then Linear, ReLU and perhaps Dropout in turn, ending with a Linear.</returns>
    /// <exception cref="GradusException">A size is not positive, or the share is not in [0, 1].</exception>
    public static Sequential Create(int inputs, ReadOnlySpan<int> hidden, int outputs, double dropout = 0)
    {
        var layers = new Sequential(new Flatten());
        foreach (var size in hidden)
        {
            layers.Add(new Linear(inputs, size, init: null));
            layers.Add(new Relu());
            if (dropout != 0) layers.Add(new Dropout(dropout));
            inputs = size;
        }

        layers.Add(new Linear(inputs, outputs));
        return layers;
    }
}
