namespace Gradus.Formats;

/// <summary>What things of a checkpoint that are not read are called, and what to do about them.</summary>
internal static class TorchKinds
{
    /// <summary>How a file of weights is made of what is none.</summary>
    public const string Advice = "Where it was made, save the weights alone: torch.save(model.state_dict(), \"weights.pt\").";

    /// <summary>What an object is.</summary>
    public static string WordOf(PickleObject made) => made.Maker switch
    {
        "torch._utils._rebuild_sparse_tensor" or "torch._utils._rebuild_sparse_csr_tensor" => "a sparse tensor, which Gradus does not have",
        "torch._utils._rebuild_qtensor" => "a quantized tensor, which Gradus does not have",
        "torch._utils._rebuild_nested_tensor" => "a nested tensor, which Gradus does not have",
        "torch._utils._rebuild_meta_tensor_no_storage" => "a tensor without values",
        _ when made.IsNetwork => $"a whole network of the class {made.Maker}",
        _ => made.Maker,
    };
}
