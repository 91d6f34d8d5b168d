using Gradus.Graphs;
using Gradus.Nn;

namespace Gradus.Repo.Tests;

/// <summary>The graphs whose pictures stand in the docs.</summary>
internal static class DrawnGraphs
{
    public static GraphModel Of(string picture) => picture switch
    {
        "graph-apples.svg" => Expression.Parse("price = (apple*apple_num + orange*orange_num)*tax")
            .Evaluate(Expression.ParseValues("apple=100,apple_num=2,orange=150,orange_num=3,tax=1.1")),
        "graph-heads.svg" => Expression.Parse("h = tanh(w*x + b); price = 2*h; risk = h**2").Evaluate(Expression.ParseValues("w=0.5,x=1.5,b=-0.25")),
        "graph-network.svg" => Perceptron().Fold(),
        "graph-network-open.svg" => Perceptron().FoldExcept("0"),
        "graph-lstm.svg" => LstmStep(),
        "graph-attention.svg" => Attention(),
        _ => throw new ArgumentException(picture),
    };

    private static GraphModel Perceptron()
    {
        var network = new Sequential(new Linear(4, 6), new Relu(), new Linear(6, 3));
        network.Initialize(1);
        using var recording = new GraphRecording();
        return Losses.CrossEntropy(network.Forward(Leaf("x", 1, 4)), Tensor.Of(2).Named("label")).Named("loss").Graph();
    }

    private static GraphModel LstmStep()
    {
        var cell = new LstmCell(3, 4);
        cell.Initialize(1);
        using var recording = new GraphRecording();
        var (hidden, memory) = cell.Forward((Leaf("x", 1, 3), (Leaf("h", 1, 4), Leaf("c", 1, 4))));
        return new Heads().Loss("h′", hidden, Tensor.Ones(hidden.Shape)).Loss("c′", memory, Tensor.Ones(memory.Shape)).Graph();
    }

    private static GraphModel Attention()
    {
        using var recording = new GraphRecording();
        var x = Leaf("x", 3, 4);
        var (q, k, v) = (x.MatMul(Leaf("W_q", 4, 4)).Named("q"), x.MatMul(Leaf("W_k", 4, 4)).Named("k"), x.MatMul(Leaf("W_v", 4, 4)).Named("v"));
        var weights = (q.MatMul(k.Transpose()) / 2).Softmax(-1).Named("weights");
        return (weights.MatMul(v) + x).Square().Mean().Named("loss").Graph();
    }

    private static Tensor Leaf(string name, params int[] shape) => Tensor.Randn([.. shape], generator: new Generator(1, name)).Named(name).RequireGrad();
}
