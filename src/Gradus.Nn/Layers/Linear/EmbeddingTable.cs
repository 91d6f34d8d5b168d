namespace Gradus.Nn;

/// <summary>What <see cref="Embedding"/> and <see cref="EmbeddingBag"/> do with their tables.</summary>
internal static class EmbeddingTable
{
    /// <summary>A row for each of [n] indices; no gradient goes to the row of the padding's index.</summary>
    public static Tensor Rows(Tensor table, Tensor index, int? paddingIndex)
    {
        var rows = table.IndexSelect(0, index);
        return paddingIndex is { } padding ? Tensor.Where(index.Equal(padding).Unsqueeze(1), rows.Detach(), rows) : rows;
    }

    /// <summary>Shortens, in the table, the rows that are about to be read and are longer than a norm.</summary>
    public static void Shorten(Tensor table, Tensor index, double most)
    {
        using var noGrad = new NoGrad();
        var rows = table.Detach().IndexSelect(0, index);
        var norms = rows.Norm(1, keepDim: true);
        if (!(norms > most).Any().Item<bool>()) return;
        table.CopyFrom(table.Detach().IndexCopy(0, index, Tensor.Where(norms > most, rows * (most / (norms + 1e-7)), rows)));
    }
}
