namespace Gradus.Nn;

/// <summary>
/// Weights divided by their greatest singular value, so that the layer stretches nothing by more than 1. Miyato et al., "Spectral normalization for
/// generative adversarial networks", 2018.
/// </summary>
/// <remarks>
/// The state has <c>weight_orig</c>, and the singular vectors <c>weight_u</c> and <c>weight_v</c>, in place of <c>weight</c>, as PyTorch's spectral_norm.
/// The vectors come closer with every call in training, by power iteration, and are constants of the derivative.
/// </remarks>
public static class SpectralNorm
{
    /// <summary>Has a parameter of a layer divided by its greatest singular value.</summary>
    /// <param name="module">The layer.</param>
    /// <param name="name">The state's name of the parameter. Default: weight.</param>
    /// <param name="iterations">Power iterations before each call in training. Default 1.</param>
    /// <param name="axis">The axis of the outputs, the rows of the matrix. Default 0; 1 for transposed convolutions.</param>
    /// <param name="epsilon">What the vectors' norms do not go below. Default 1e-12.</param>
    /// <returns>The same layer.</returns>
    /// <exception cref="GradusException">There is no such parameter, or its shape is not known yet.</exception>
    public static T Apply<T>(T module, string name = "weight", int iterations = 1, int axis = 0, double epsilon = 1e-12) where T : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        new DividedBySigma(module, name, iterations, axis, epsilon).Apply();
        return module;
    }

    /// <summary>Makes the parameter one again, with the values it has now.</summary>
    /// <exception cref="GradusException">It was not normalized.</exception>
    public static T Remove<T>(T module, string name = "weight") where T : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.Unparametrize<DividedBySigma>(name)
            ? module
            : throw new GradusException($"spectralNorm: {name} of {module.GetType().Name} is not normalized.");
    }

    private sealed class DividedBySigma : Parametrization
    {
        private readonly int _iterations;
        private readonly int _axis;
        private readonly double _epsilon;
        private readonly Parameter _original;
        private readonly ModuleBuffer _left;
        private readonly ModuleBuffer _right;

        public DividedBySigma(Module module, string name, int iterations, int axis, double epsilon) : base(module, name)
        {
            var weight = Target;
            (_iterations, _axis, _epsilon) =
                (Expect.Positive("spectralNorm", "iterations", iterations), axis, Expect.Above0("spectralNorm", "epsilon", epsilon));
            var rows = weight.Shape[axis];
            _original = Train("orig", LikeTarget());
            using var scope = TensorScope.Suspend();
            // Any first vectors do; fixed ones depend on no order of calls.
            var type = weight.HasValue ? weight.Value.DType : DType.Float32;
            _left = Keep("u", new ModuleBuffer(Unit(Tensor.Randn([rows], type, new Generator(0, "spectral norm, left")))));
            var columns = (int)(weight.Shape.ElementCount / rows);
            _right = Keep("v", new ModuleBuffer(Unit(Tensor.Randn([columns], type, new Generator(0, "spectral norm, right")))));
        }

        // The vectors are copied, since a later call changes them in place.
        protected override Tensor Compute() => _original.Value / _left.Value.Clone().MatMul(Matrix(_original)).MatMul(_right.Value.Clone());

        protected override bool DiffersInTraining => true;

        protected override void Refresh()
        {
            using var noGrad = GradMode.Disable();
            var matrix = Matrix(_original.Value.Detach());
            for (var iteration = 0; iteration < _iterations; iteration++)
            {
                _right.Value.CopyFrom(Unit(_left.Value.MatMul(matrix)));
                _left.Value.CopyFrom(Unit(matrix.MatMul(_right)));
            }
        }

        private Tensor Matrix(Tensor weight) => weight.MoveAxis(_axis, 0).Reshape(weight.Shape[_axis], -1);

        private Tensor Unit(Tensor vector) => vector / vector.Norm().Clamp(min: _epsilon);
    }
}
