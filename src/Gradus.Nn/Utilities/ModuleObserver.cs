using System.Runtime.CompilerServices;

namespace Gradus.Nn;

/// <summary>
/// Sees every call of a module on this thread, of whatever types, without changing what is computed: hooks are typed, and add nodes to the graph.
/// </summary>
internal abstract class ModuleObserver
{
    [ThreadStatic]
    private static ModuleObserver? t_current;

    /// <summary>What listens on this thread, if anything.</summary>
    public static ModuleObserver? Current => t_current;

    /// <summary>A call begins.</summary>
    public abstract void Enter(Module module);

    /// <summary>The call that began last ends.</summary>
    public abstract void Leave(object? input, object? output);

    /// <summary>The tensors among what a module took or gave.</summary>
    protected static IEnumerable<Tensor> TensorsIn(object? value) => value switch
    {
        Tensor tensor => [tensor],
        LstmInput sequence => [sequence.Input],
        GruInput sequence => [sequence.Input],
        RnnInput sequence => [sequence.Input],
        SequenceInput sequence => [sequence.Input],
        BertInput sentences => [sentences.Tokens],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(index => TensorsIn(tuple[index])),
        _ => [],
    };

    /// <summary>Listens until the result is disposed.</summary>
    protected Listening Listen() => new(this);

    protected readonly ref struct Listening
    {
        private readonly ModuleObserver? _before;

        public Listening(ModuleObserver observer)
        {
            _before = t_current;
            t_current = observer;
        }

        public void Dispose() => t_current = _before;
    }
}
