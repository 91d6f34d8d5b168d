using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus;

/// <summary>Any number of tensors that are pinned together, as often as is wanted.</summary>
internal sealed unsafe class OperandPins(Tensor[] tensors)
{
    private readonly Operand[] _operands = new Operand[tensors.Length];
    private readonly PinnedGCHandle<object>[] _pins = new PinnedGCHandle<object>[tensors.Length];

    /// <summary>Calls back while the tensors are pinned.</summary>
    public void Run(string name, Action<Operand[]> run)
    {
        var pinned = 0;
        try
        {
            for (var index = 0; index < tensors.Length; index++)
            {
                // Pooled storage never moves; small storage is held in place by a handle, since there may be more operands than a stack has frames.
                var storage = tensors[index].Storage;
                if (!storage.IsPooled) _pins[pinned++] = storage.Pin();
                _operands[index] = tensors[index].See((byte*)Unsafe.AsPointer(ref storage.Origin));
            }

            run(_operands);
        }
        catch (Exception error) when (Errors.IsBeyondKernel(error))
        {
            throw Errors.BeyondKernel(name, error);
        }
        finally
        {
            for (var index = 0; index < pinned; index++) _pins[index].Dispose();
            foreach (var tensor in tensors) GC.KeepAlive(tensor);
        }
    }
}
