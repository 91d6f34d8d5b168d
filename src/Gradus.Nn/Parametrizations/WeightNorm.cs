namespace Gradus.Nn;

/// <summary>Weights as a length and a direction: w = g·v/‖v‖, a length for each index of one axis. Salimans and Kingma, "Weight normalization", 2016.</summary>
/// <remarks>
/// The state has <c>weight_g</c> and <c>weight_v</c> in place of <c>weight</c>, as PyTorch's weight_norm. The layer's function is unchanged at first.
/// </remarks>
public static class WeightNorm
{
    /// <summary>Has a parameter of a layer computed from length and direction.</summary>
    /// <param name="module">The layer.</param>
    /// <param name="name">The state's name of the parameter. Default: weight.</param>
    /// <param name="axis">The axis whose indices have lengths of their own. Default 0: each output.</param>
    /// <returns>The same layer.</returns>
    /// <exception cref="GradusException">There is no such parameter, or the size of that axis is not known yet.</exception>
    public static T Apply<T>(T module, string name = "weight", int axis = 0) where T : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        new LengthAndDirection(module, name, axis).Apply();
        return module;
    }

    /// <summary>Makes the parameter one again, with the values it has now.</summary>
    /// <exception cref="GradusException">It was not normalized.</exception>
    public static T Remove<T>(T module, string name = "weight") where T : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.Unparametrize<LengthAndDirection>(name)
            ? module
            : throw new GradusException($"weightNorm: {name} of {module.GetType().Name} is not normalized.");
    }

    private sealed class LengthAndDirection : Parametrization
    {
        private readonly int _axis;
        private readonly Parameter _length;
        private readonly Parameter _direction;

        public LengthAndDirection(Module module, string name, int axis) : base(module, name)
        {
            _axis = axis;
            // The direction first, since the length is drawn from it.
            _direction = Train("v", LikeTarget());
            _length = Train("g", new Parameter(Target.Sizes.Only(axis), new LengthsOf(_direction, axis)));
            if (Target.HasValue) _length.Load(Lengths(Target.Value.Detach(), axis));
        }

        protected override Tensor Compute() => _direction.Value * (_length.Value / Lengths(_direction, _axis));

        private static Tensor Lengths(Tensor values, int axis) =>
            values.Norm([.. Enumerable.Range(0, values.Rank).Where(other => other != axis)], keepDim: true);

        private sealed record LengthsOf(Parameter Direction, int Axis) : Init, IDependentInit
        {
            Parameter? IDependentInit.Source => Direction;

            public override Tensor Create(Shape shape, Generator generator) => Lengths(Direction.Value.Detach(), Axis);
        }
    }
}
