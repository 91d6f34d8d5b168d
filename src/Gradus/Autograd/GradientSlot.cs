namespace Gradus;

/// <summary>Where the gradient of a leaf, or of a node that retains it, is kept.</summary>
/// <remarks>
/// Concurrent backward passes may add to the same leaf: each addition is made under the slot's lock, in the order in which the passes arrive.
/// As long as the user has not looked at the gradient, its memory is the engine's own: later gradients are added in place and clearing frees it at once.
/// </remarks>
internal sealed class GradientSlot
{
    private readonly Lock _lock = new();
    private Tensor? _gradient;
    private bool _isShown;

    /// <summary>The gradient, for the user to hold.</summary>
    public Tensor? Show()
    {
        lock (_lock)
        {
            _isShown = _gradient is not null;
            return _gradient;
        }
    }

    /// <summary>The gradient, for an optimizer to read at once.</summary>
    public Tensor? Peek() => _gradient;

    /// <summary>Puts another gradient in place, or none.</summary>
    public void Replace(Tensor? gradient)
    {
        lock (_lock)
        {
            if (!_isShown) _gradient?.End();
            _gradient = gradient;
            _isShown = gradient is not null;
        }
    }

    /// <summary>
    /// Puts another gradient in place for a while; the one that was there, and whether the user has seen it, is given back by a second exchange.
    /// </summary>
    public (Tensor? Gradient, bool IsShown) Exchange((Tensor? Gradient, bool IsShown) other)
    {
        lock (_lock)
        {
            var before = (_gradient, _isShown);
            (_gradient, _isShown) = other;
            return before;
        }
    }

    /// <summary>Adds a gradient that the caller gives away.</summary>
    public void Add(Tensor gradient, bool recording)
    {
        lock (_lock)
        {
            if (recording)
            {
                // A copy, since other leaves, or the caller, may hold the same tensor; of no scope, as gradients on leaves are.
                using var scope = TensorScope.Suspend();
                _gradient = _gradient is null ? gradient.Clone() : _gradient + gradient;
                _isShown = true;
                return;
            }

            if (_gradient is null)
            {
                _gradient = gradient.Storage.IsSole && gradient.Layout.IsDense ? gradient : Copy(gradient);
                _gradient.Own(null);
                _isShown = false;
            }
            else if (!_isShown)
            {
                Ops.Add.Execute([_gradient, gradient], [_gradient], default);
                gradient.Free();
            }
            else
            {
                var sum = Tensor.Allocate(_gradient.Meta);
                Ops.Add.Execute([_gradient, gradient], [sum], default);
                gradient.Free();
                sum.Own(null);
                _gradient = sum;
                _isShown = false;
            }
        }
    }

    private static Tensor Copy(Tensor gradient)
    {
        var copy = Tensor.Allocate(gradient.Meta.Fresh(gradient.DType));
        Ops.Copy.Execute([gradient], [copy], default);
        gradient.Free();
        return copy;
    }
}
