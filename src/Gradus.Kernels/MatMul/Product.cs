namespace Gradus.Kernels;

/// <summary>One matrix product: where its operands lie and what happens to the result.</summary>
internal unsafe struct Product<T>
    where T : unmanaged
{
    /// <summary>Rows of A and C.</summary>
    public int M;

    /// <summary>Columns of B and C.</summary>
    public int N;

    /// <summary>Columns of A, rows of B.</summary>
    public int K;

    /// <summary>Element [0,0] of A.</summary>
    public T* A;

    /// <summary>Elements from one row of A to the next.</summary>
    public nint ARow;

    /// <summary>Elements from one column of A to the next.</summary>
    public nint ACol;

    /// <summary>Element [0,0] of B.</summary>
    public T* B;

    /// <summary>Elements from one row of B to the next.</summary>
    public nint BRow;

    /// <summary>Elements from one column of B to the next.</summary>
    public nint BCol;

    /// <summary>B as <see cref="ProductPanels{T, TLanes, TVector}"/> hold it, or null where each block packs what it needs.</summary>
    public T* PackedB;

    /// <summary>Where the result goes.</summary>
    public ProductTarget<T> C;

    /// <summary>Multiply-adds in all.</summary>
    public readonly long Work => (long)M * N * K;

    /// <summary>The same product as Cᵀ = Bᵀ·Aᵀ. Multiplication commutes, so its bits are the same.</summary>
    public readonly Product<T> Swapped() => new()
    {
        M = N,
        N = M,
        K = K,
        A = B,
        ARow = BCol,
        ACol = BRow,
        B = A,
        BRow = ACol,
        BCol = ARow,
        C = C.Swapped(),
    };
}

/// <summary>Where a product goes: C, or scratch memory that is added to C later.</summary>
internal unsafe struct ProductTarget<T>
    where T : unmanaged
{
    /// <summary>Element [0,0].</summary>
    public T* Values;

    /// <summary>Elements from one row to the next.</summary>
    public nint Row;

    /// <summary>Elements from one column to the next.</summary>
    public nint Col;

    /// <summary>What is added last, or null.</summary>
    public T* Bias;

    /// <summary>Elements from the bias of one row to that of the next: 0, or 1 in a swapped product.</summary>
    public nint BiasRow;

    /// <summary>Elements from the bias of one column to that of the next: 1, or 0 in a swapped product.</summary>
    public nint BiasCol;

    /// <summary>Whether the product is added to what is stored.</summary>
    public bool Accumulate;

    /// <summary>The transposed target.</summary>
    public readonly ProductTarget<T> Swapped() => new()
    {
        Values = Values,
        Row = Col,
        Col = Row,
        Bias = Bias,
        BiasRow = BiasCol,
        BiasCol = BiasRow,
        Accumulate = Accumulate,
    };

    /// <summary>The target from row <paramref name="row"/> and column <paramref name="column"/> on.</summary>
    public readonly ProductTarget<T> At(int row, int column)
    {
        var result = this;
        result.Values += (row * Row) + (column * Col);
        if (Bias != null) result.Bias += (row * BiasRow) + (column * BiasCol);
        return result;
    }
}
