using Gradus.Nn;
using Gradus.Onnx;

namespace Gradus.Training;

/// <summary>
/// What the file of a network of one's own has beside its weights: its graph, as ONNX describes it, so that programs that do not know its code open it too.
/// </summary>
internal static class OwnNetwork
{
    /// <summary>
    /// The tensors and the record to save. Where the graph cannot be described, they are the network's alone, and the file is opened where the network is
    /// registered.
    /// </summary>
    public static (IReadOnlyDictionary<string, Tensor> Tensors, ModelRecord Record) Describe(TrainedModel model)
    {
        var tensors = model.Network.MergedState();
        try
        {
            var graph = OnnxExport.Describe(model.Network, model.SampleOfZeros(), model.Record.Model);
            foreach (var (name, tensor) in graph.State())
            {
                // One name for two things: an operator of ONNX wants a weight in another order.
                if (!tensors.TryAdd(name, tensor) && !HasSameBits(tensors[name], tensor)) return (tensors, model.Record);
            }

            return (tensors, model.Record with { Onnx = OnnxSkeleton.Write(graph) });
        }
        catch (Exception exception) when (exception is GradusException or InvalidDataException)
        {
            return (model.Network.MergedState(), model.Record);
        }
    }

    /// <summary>Loads the weights of a file, which may hold some that only its graph needs.</summary>
    public static void Load(Module network, IReadOnlyDictionary<string, Tensor> tensors)
    {
        var names = network.StateNames().ToHashSet(StringComparer.Ordinal);
        network.LoadState(tensors.Where(entry => names.Contains(entry.Key)).ToDictionary());
    }

    private static bool HasSameBits(Tensor one, Tensor other) =>
        one.Shape == other.Shape && one.DType == other.DType && one.To(DType.Float64).ToArray<double>().AsSpan()
            .SequenceEqual(other.To(DType.Float64).ToArray<double>());
}
