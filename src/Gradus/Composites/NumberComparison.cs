namespace Gradus;

/// <summary>
/// Comparisons of a tensor with a C# number. Whole numbers are compared as such: the floating-point type that they share with a fraction, or with a number out
/// of their range, may round either.
/// </summary>
internal static class NumberComparison
{
    extension(BinaryOp<None> relation)
    {
        /// <summary>Where x stands in the relation to a whole number.</summary>
        public Tensor With(Tensor x, long y)
        {
            if (x.DType.IsFloat) return relation.Apply(x, x.Weak(y), default);
            return relation.Apply(x, x.DType == DType.Int32 && y is >= int.MinValue and <= int.MaxValue ? Tensor.Scalar((int)y) : Tensor.Scalar(y), default);
        }

        /// <summary>Where x stands in the relation to a number.</summary>
        public Tensor With(Tensor x, double y)
        {
            if (x.DType.IsFloat) return relation.Apply(x, x.Weak(y), default);
            return Promotion.CanHold(DType.Int64, y) ? relation.With(x, (long)y) : relation.WithBetween(x, y);
        }

        /// <summary>Where whole numbers stand in the relation to a number that none of them equals: it is held against the nearest that they can be.</summary>
        private Tensor WithBetween(Tensor x, double y)
        {
            if (relation == Ops.NotEqual) return Ops.GreaterOrEqual.With(x, long.MinValue);
            if (relation == Ops.Equal || double.IsNaN(y)) return Ops.Less.With(x, long.MinValue);
            var nearest = long.CreateSaturating(y > 0 ? Math.Floor(y) : Math.Ceiling(y));
            if (relation == Ops.Less || relation == Ops.LessOrEqual) return (y > 0 ? Ops.LessOrEqual : Ops.Less).With(x, nearest);
            return (y > 0 ? Ops.Greater : Ops.GreaterOrEqual).With(x, nearest);
        }
    }
}
