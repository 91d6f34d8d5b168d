using Gradus.Kernels;

namespace Gradus;

/// <summary>From dense operands to the random kernels.</summary>
internal static unsafe class RandomKernels
{
    /// <summary>128 random bits as a function of a key, a stream and the number of a block.</summary>
    public static (ulong First, ulong Second) Block(ulong key, ulong stream, ulong block) => Philox.Block(key, stream, block);

    /// <summary>z = x · mask, the mask being 0 with probability p, else 1 / (1 − p).</summary>
    public static void Dropout(Operand x, DropoutArgs args, Operand z)
    {
        var keep = 1 - args.Probability;
        if (z.DType == DType.Float32)
        {
            Philox.DropoutMask((ulong)args.Seed, args.Stream, args.Position, keep, z.Count, z.As<float>());
            Kernels.Elementwise.Binary(default(MultiplyOperator), z.Count, x.As<float>(), z.As<float>(), z.As<float>());
        }
        else
        {
            Philox.DropoutMask((ulong)args.Seed, args.Stream, args.Position, keep, z.Count, z.As<double>());
            Kernels.Elementwise.Binary(default(MultiplyOperator), z.Count, x.As<double>(), z.As<double>(), z.As<double>());
        }
    }

    public static void Uniform(Tensor tensor, Generator generator)
    {
        Require(tensor);
        var position = generator.Take(tensor.Count);
        fixed (byte* origin = &tensor.Storage.Origin)
        {
            if (tensor.DType == DType.Float32)
            {
                Philox.Uniform((ulong)generator.Seed, generator.Stream, position, (nint)tensor.Count, tensor.See(origin).As<float>());
            }
            else
            {
                Philox.Uniform((ulong)generator.Seed, generator.Stream, position, (nint)tensor.Count, tensor.See(origin).As<double>());
            }
        }

        GC.KeepAlive(tensor);
    }

    public static void Normal(Tensor tensor, Generator generator)
    {
        Require(tensor);
        var position = generator.Take(tensor.Count);
        fixed (byte* origin = &tensor.Storage.Origin)
        {
            if (tensor.DType == DType.Float32)
            {
                Philox.Normal((ulong)generator.Seed, generator.Stream, position, (nint)tensor.Count, tensor.See(origin).As<float>());
            }
            else
            {
                Philox.Normal((ulong)generator.Seed, generator.Stream, position, (nint)tensor.Count, tensor.See(origin).As<double>());
            }
        }

        GC.KeepAlive(tensor);
    }

    /// <summary>i64 numbers uniform in 0 … bound − 1.</summary>
    public static void Integers(Tensor tensor, ulong bound, Generator generator)
    {
        Require(tensor);
        var position = generator.Take(tensor.Count);
        fixed (byte* origin = &tensor.Storage.Origin)
        {
            Philox.Integers((ulong)generator.Seed, generator.Stream, position, bound, (nint)tensor.Count, tensor.See(origin).As<long>());
        }

        GC.KeepAlive(tensor);
    }

    /// <summary>The i64 numbers 0 … n − 1 in a random order.</summary>
    public static void Permutation(Tensor tensor, Generator generator)
    {
        Require(tensor);
        var position = generator.Take(tensor.Count);
        fixed (byte* origin = &tensor.Storage.Origin)
        {
            Philox.Permutation((ulong)generator.Seed, generator.Stream, position, (nint)tensor.Count, tensor.See(origin).As<long>());
        }

        GC.KeepAlive(tensor);
    }

    private static void Require(Tensor tensor)
    {
        if (!tensor.IsContiguous) throw Errors.DoesNotFit("random", "place for the numbers", tensor.Describe() + " with gaps", "one without");
    }
}
