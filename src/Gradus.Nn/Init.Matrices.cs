namespace Gradus.Nn;

public abstract partial record Init
{
    /// <summary>The identity: ones on the diagonal of a matrix, zeros elsewhere.</summary>
    public static Init Eye { get; } = new EyeInit();

    /// <summary>A convolution's identity: weight [out, in, …] passes channel i of each group on to output i, as far as there are both.</summary>
    /// <param name="groups">Groups of the convolution. Default 1.</param>
    /// <exception cref="GradusException">There are fewer than 1 group.</exception>
    public static Init Dirac(int groups = 1) =>
        groups >= 1 ? new DiracInit(groups) : throw new GradusException($"init: Dirac with {groups} groups, expected at least 1.");

    /// <summary>gain times rows (or, where there are fewer, columns) of unit length at right angles, of a matrix [size₀, product of the rest].</summary>
    /// <remarks>
    /// Saxe, McClelland and Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2014. Drawn normal, then made
    /// orthogonal one by one in float64.
    /// </remarks>
    public static Init Orthogonal(double gain = 1) => new OrthogonalInit(gain);

    /// <summary>Normal, with a share of each column of a matrix set to zero, drawn for each column.</summary>
    /// <param name="sparsity">The share, in [0, 1].</param>
    /// <param name="deviation">Default 0.01.</param>
    /// <remarks>Martens, "Deep learning via Hessian-free optimization", 2010.</remarks>
    /// <exception cref="GradusException">The share is out of range.</exception>
    public static Init Sparse(double sparsity, double deviation = 0.01) =>
        sparsity is >= 0 and <= 1
            ? new SparseInit(sparsity, deviation)
            : throw new GradusException(FormattableString.Invariant($"init: Sparse's share is {sparsity}, expected in [0, 1]."));

    private static void RequireMatrix(string name, Shape shape)
    {
        if (shape.Rank != 2) throw new GradusException($"init: {name} of {shape}, expected a matrix.");
    }

    private sealed record EyeInit : Init
    {
        public override Tensor Create(Shape shape, Generator generator)
        {
            RequireMatrix("Eye", shape);
            return Tensor.Arange(shape[0]).Reshape(-1, 1).Equal(Tensor.Arange(shape[1])).To(DType.Float32);
        }

        public override string ToString() => "Eye";
    }

    private sealed record DiracInit(int Groups) : Init
    {
        public override Tensor Create(Shape shape, Generator generator)
        {
            if (shape.Rank < 3 || shape[0] % Groups != 0)
            {
                throw new GradusException($"init: Dirac({Groups}) of {shape}, expected [out, in, …] with a multiple of {Groups} outputs.");
            }

            var values = new float[shape.ElementCount];
            var (size, perGroup) = (shape.ElementCount / Math.Max(1, shape[0]), shape[0] / Groups);
            for (var output = 0; output < shape[0]; output++)
            {
                var at = (long)(output % perGroup);
                if (at >= shape[1]) continue;
                for (var axis = 2; axis < shape.Rank; axis++) at = (at * shape[axis]) + (shape[axis] / 2);
                values[(output * size) + at] = 1;
            }

            return Tensor.From(values, shape);
        }

        public override string ToString() => $"Dirac({Groups})";
    }

    private sealed record OrthogonalInit(double Scale) : Init
    {
        private const int RowsOfBlock = 32;

        public override Tensor Create(Shape shape, Generator generator)
        {
            if (shape.Rank < 2) throw new GradusException($"init: Orthogonal of {shape}, expected at least two axes.");
            int rows = shape[0], columns = checked((int)(shape.ElementCount / Math.Max(1, rows)));
            int few = Math.Min(rows, columns), many = Math.Max(rows, columns);
            var q = Tensor.Randn([few, many], DType.Float64, generator);
            // Blocks of rows against all rows before, so that the work is in large products; then row by row within the block.
            for (var start = 0; start < few; start += RowsOfBlock)
            {
                var block = q.Slice(0, start, Math.Min(RowsOfBlock, few - start));
                block.CopyFrom(Against(q.Slice(0, 0, start), block.Clone()));
                for (var row = 0; row < block.Shape[0]; row++)
                {
                    var line = block.Slice(0, row, 1);
                    var value = Against(block.Slice(0, 0, row), line.Clone());
                    line.CopyFrom(value / value.Norm());
                }
            }

            return ((rows <= columns ? q : q.Transpose()) * Scale).To(DType.Float32).Reshape(shape);
        }

        public override string ToString() => FormattableString.Invariant($"Orthogonal({Scale})");

        /// <summary>
        /// What is left of rows when their parts along orthonormal rows are taken away; twice, since what rounding leaves the first time is gone after the
        /// second.
        /// </summary>
        private static Tensor Against(Tensor orthonormal, Tensor rows)
        {
            for (var pass = 0; pass < 2 && orthonormal.Shape[0] > 0; pass++) rows -= rows.MatMul(orthonormal.Transpose()).MatMul(orthonormal);
            return rows;
        }
    }

    private sealed record SparseInit(double Sparsity, double Deviation) : Init
    {
        public override Tensor Create(Shape shape, Generator generator)
        {
            RequireMatrix("Sparse", shape);
            var (rows, columns) = (shape[0], shape[1]);
            var values = (Tensor.Randn(shape, DType.Float32, generator) * Deviation).ToArray<float>();
            var order = Tensor.Rand([columns, rows], DType.Float32, generator).ToArray<float>();
            var zeros = (int)Math.Ceiling(Sparsity * rows);
            for (var column = 0; column < columns; column++)
            {
                var draws = order.AsSpan(column * rows, rows).ToArray();
                foreach (var row in Enumerable.Range(0, rows).OrderBy(row => draws[row]).Take(zeros)) values[(row * columns) + column] = 0;
            }

            return Tensor.From(values, shape);
        }

        public override string ToString() => FormattableString.Invariant($"Sparse({Sparsity}, {Deviation})");
    }
}
