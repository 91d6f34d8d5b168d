using System.Numerics;

namespace Gradus.Kernels;

/// <summary>The products of a batch; a chunk is one block of one matrix, or several whole small matrices.</summary>
internal readonly unsafe struct ProductBatchJob<T, TLanes, TVector>(
    Product<T> product, ProductGrid grid, int batch, int together, nint* aOffsets, nint* bOffsets, nint* cOffsets) : IJob
    where T : unmanaged, INumber<T>
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    public void Run(int chunk)
    {
        var matrix = chunk / grid.Count * together;
        var end = Math.Min(matrix + together, batch);
        for (; matrix < end; matrix++)
        {
            var one = product;
            one.A += aOffsets[matrix];
            one.B += bOffsets[matrix];
            one.C.Values += cOffsets[matrix];
            ProductEngine<T, TLanes, TVector>.Run(in one, grid.Block(chunk % grid.Count, product.M, product.N));
        }
    }
}

/// <summary>Segments of one product, each into scratch memory of its own; a chunk is one block of one segment.</summary>
internal readonly unsafe struct ProductSegmentJob<T, TLanes, TVector>(Product<T> product, ProductGrid grid, int firstSegment, T* slots) : IJob
    where T : unmanaged, INumber<T>
    where TLanes : IProductLanes<T, TVector>
    where TVector : struct
{
    /// <inheritdoc/>
    public void Run(int chunk)
    {
        var index = chunk / grid.Count;
        var segments = new ProductSegments(product.K);
        var segment = firstSegment + index;
        var slot = new ProductTarget<T> { Values = slots + ((nint)index * product.M * product.N), Row = product.N, Col = 1 };
        var block = grid.Block(chunk % grid.Count, product.M, product.N);
        ProductEngine<T, TLanes, TVector>.RunSegment(
            in product, segments.Start(segment), segments.Length(segment), block, slot.At(block.Row, block.Column));
    }
}
