using System.Runtime.CompilerServices;
using System.Text;

namespace Gradus.Nn;

/// <summary>A part of a network: it owns parameters and other modules, each under a name.</summary>
/// <remarks>
/// What is assigned to a property that registers is owned, trained, saved and loaded:
/// <code>
/// sealed class Net : Module&lt;Tensor, Tensor&gt;
/// {
///     Linear Hidden { get; set => field = Register(value); }
///     Linear Output { get; set => field = Register(value); }
///
///     public Net() => (Hidden, Output) = (new Linear(2, 3), new Linear(3, 2));
///
///     protected override Tensor Compute(Tensor x) => Output.Forward(Hidden.Forward(x).Sigmoid());
/// }
/// </code>
/// The property's name becomes the state's name in snake case (<c>RunningMean</c> → <c>running_mean</c>), joined by dots: <c>hidden.weight</c>. A layer that
/// is called inside another without having been registered is an error, so no parameter stays untrained unnoticed,
/// and so is a parameter or buffer that it reads from a plain field. A teacher
/// that the module only asks is held in a plain field and frozen: <c>_teacher = teacher; teacher.Freeze();</c>. It is not saved, and keeps its own mode.
/// <para>Several threads may evaluate one module at once, and go back from what it gives, while it is in use (after <see cref="Eval"/>) or has no layer that
/// keeps running statistics or draws. What training changes has no lock: such layers in training, parameters that an optimizer moves, modes and freezing are
/// for one thread at a time, and no other may be inside the module meanwhile.</para>
/// </remarks>
public abstract partial class Module
{
    private readonly List<(string Name, Parameter Parameter)> _parameters = [];
    private readonly List<(string Name, ModuleBuffer Buffer)> _buffers = [];
    private readonly List<(string Name, Module Module)> _children = [];
    private Generator? _generator;
    private volatile bool _isDrawn;

    [ThreadStatic]
    private static bool t_isInUse;

    /// <summary>Whether the module behaves as in training: dropout drops, batch norm uses the batch's statistics. True at first.</summary>
    public bool IsTraining
    {
        get => field && !t_isInUse;
        private set;
    } = true;

    /// <summary>First values are drawn by one thread at a time; another that needs some waits.</summary>
    internal static Lock Drawing { get; } = new();

    /// <summary>Begins a stretch in which all modules behave as in use on this thread, whatever their modes, which other threads may be reading.</summary>
    internal static Use InUse() => new(t_isInUse);

    /// <summary>The modules registered here, in order, with their names.</summary>
    public IReadOnlyList<(string Name, Module Module)> Children => _children;

    /// <summary>The module that registered this one, or null.</summary>
    internal Module? Parent { get; private set; }

    internal Module Root => Parent?.Root ?? this;

    /// <summary>
    /// A promise that nothing which <c>Compute</c> makes on its way is kept anywhere, so that it is freed as soon as the module has given its result, as
    /// with the layers of the library. Default false.
    /// </summary>
    /// <remarks>
    /// Override it with true where Compute stores no tensor in a field, a list or a hook's variable. The result, a tensor or a tuple of tensors, stays, and
    /// so does what back-propagation needs; a tensor that was stored against the promise throws when it is next used. To store one all the same, copy it into
    /// a <see cref="ModuleBuffer"/>: <c>Last.Value.CopyFrom(x)</c>.
    /// </remarks>
    protected virtual bool KeepsNothing => false;

    /// <summary>Whether what the module computes is freed by a scope: its own, or that of the layer around it.</summary>
    internal bool IsFreedAtOnce => KeepsNothing;

    /// <summary>Whether a scope of its own gives back more than it costs.</summary>
    internal virtual bool IsWorthAScope => true;

    /// <summary>Whether the module itself, its parts aside, behaves otherwise in training than in use.</summary>
    internal virtual bool DiffersInTraining => _parametrizations is { } own && own.Exists(static parametrization => parametrization.IsKeptUpToDate);

    /// <summary>The path from the outermost module: <c>encoder.layers.2</c>; empty for that one itself.</summary>
    public string Path
    {
        get
        {
            if (Parent is null) return "";
            var name = Parent._children.Find(child => ReferenceEquals(child.Module, this)).Name;
            var above = Parent.Path;
            return above.Length == 0 ? name : above + "." + name;
        }
    }

    /// <summary>The random stream of this module: it depends on the network's seed and on the module's path, not on the order of calls.</summary>
    protected Generator Random
    {
        get
        {
            Root.EnsureInitialized();
            if (_generator is not null) return _generator;
            var stream = (Root._generator ?? Generator.Default).Fork("random." + Path);
            return Interlocked.CompareExchange(ref _generator, stream, null) ?? stream;
        }
    }

    /// <summary>Every parameter once, in order of registration.</summary>
    public IEnumerable<Parameter> Parameters() => NamedParameters().Select(static named => named.Parameter);

    /// <summary>Every parameter once, with its path. A parameter used in two places has the name of the first.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters()
    {
        var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        return Walk("").SelectMany(static place => place.Module._parameters.Select(own => (place.Prefix + own.Name, own.Parameter)))
            .Where(named => seen.Add(named.Parameter));
    }

    /// <summary>This module and all below it, with their paths, each before its children.</summary>
    public IEnumerable<(string Name, Module Module)> NamedModules() => Walk("").Select(static place => (place.Prefix.TrimEnd('.'), place.Module));

    /// <summary>Behaves as in training, here and below, or, with false, as in use.</summary>
    public void Train(bool training = true)
    {
        foreach (var (_, module) in NamedModules()) module.IsTraining = training;
    }

    /// <summary>Behaves as in training, or as in use, here alone.</summary>
    internal void TrainAlone(bool training) => IsTraining = training;

    /// <summary>Behaves as in use, here and below: no dropout, fixed statistics.</summary>
    public void Eval() => Train(false);

    /// <summary>Clears every parameter's gradient.</summary>
    public void ZeroGrad()
    {
        foreach (var parameter in Parameters()) parameter.Grad = null;
    }

    /// <summary>
    /// Draws all parameters anew, and begins all random streams, such as dropout's. Equal seeds give equal networks, whatever was drawn elsewhere before.
    /// </summary>
    /// <param name="seed">What values and streams follow from.</param>
    /// <param name="keepValues">Whether values that were drawn, loaded or trained before stay, so that only what has none yet is drawn. Default false.</param>
    public void Initialize(long seed, bool keepValues = false)
    {
        lock (Drawing)
        {
            _generator = new Generator(seed, "network");
            foreach (var (_, module) in NamedModules().Skip(1)) module._generator = null;
            DrawAll(parameter => !keepValues || !parameter.HasValue);
            _isDrawn = true;
        }
    }

    /// <summary>Changes the element type of all parameters and buffers, for checks in float64.</summary>
    public void To(DType dtype)
    {
        foreach (var parameter in Parameters()) parameter.Convert(dtype);
        foreach (var (_, module) in NamedModules())
        {
            foreach (var (_, buffer) in module._buffers) buffer.Convert(dtype);
        }
    }

    /// <summary>What stands between the brackets when the module is printed: <c>784 → 512</c>.</summary>
    protected virtual string Describe() => "";

    /// <summary>Written as one would type it, without the modules inside it.</summary>
    internal string Headline => $"{GetType().Name.Split('`')[0]}({Describe()})";

    /// <summary>Written as one would type it, with the modules inside it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text, "\n");
        return text.ToString();
    }

    /// <summary>Takes ownership of a module under the name of the property it is assigned to, in place of the one that was there.</summary>
    /// <remarks>Assign in the constructor: an initializer of the property goes past its setter, and registers nothing.</remarks>
    protected T Register<T>(T module, [CallerMemberName] string name = "") where T : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        RegisterAs(StateName(name), module);
        return module;
    }

    /// <summary>Takes ownership of a parameter under the name of the property it is assigned to. Null stands for none.</summary>
    protected Parameter? Register(Parameter? parameter, [CallerMemberName] string name = "")
    {
        if (parameter is null)
        {
            _parameters.RemoveAll(entry => entry.Name == StateName(name));
            return null;
        }

        RegisterAs(StateName(name), parameter);
        return parameter;
    }

    /// <summary>
    /// Takes ownership of a tensor that is saved and loaded but not trained, under the name of the property it is assigned to. Null stands for none.
    /// </summary>
    protected ModuleBuffer? Register(ModuleBuffer? buffer, [CallerMemberName] string name = "")
    {
        if (buffer is null) _buffers.RemoveAll(entry => entry.Name == StateName(name));
        else RegisterAs(StateName(name), buffer);
        return buffer;
    }

    /// <summary>Takes ownership of a module under a name as it stands.</summary>
    private protected void RegisterAs(string name, Module module)
    {
        Put(_children, name, module);
        module.Parent ??= this;
    }

    /// <summary>Takes ownership of a parameter under a name as it stands.</summary>
    private protected void RegisterAs(string name, Parameter parameter)
    {
        Put(_parameters, name, parameter);
        parameter.Owner ??= this;
    }

    /// <summary>Takes ownership of a buffer under a name as it stands.</summary>
    private protected void RegisterAs(string name, ModuleBuffer buffer)
    {
        Put(_buffers, name, buffer);
        buffer.IsRegistered = true;
    }

    /// <summary>The state's name of a property: <c>RunningMean</c> → <c>running_mean</c>.</summary>
    /// <exception cref="GradusException">It is called in a constructor: all that is registered there would have one name.</exception>
    internal static string StateName(string property)
    {
        if (property == ".ctor")
        {
            throw new GradusException(
                "register: it is called in a constructor, which gives it no name. Call it in a property's setter, " +
                "Linear Head { get; set => field = Register(value); }, and assign to the property.");
        }

        var name = new StringBuilder();
        foreach (var letter in property.TrimStart('_'))
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }

    /// <summary>Draws the parameters that have no values yet.</summary>
    internal void EnsureInitialized()
    {
        if (_isDrawn) return;
        lock (Drawing)
        {
            // Those that are drawn from others come here again on their way.
            if (_generator is null) DrawFirst();
            _isDrawn = true;
        }
    }

    private void DrawFirst()
    {
        // Two networks made one after the other begin with different weights, though their paths are the same.
        _generator = Generator.Default.Fork(FormattableString.Invariant($"network {Generator.Default.Position++}"));
        DrawAll(static parameter => !parameter.HasValue);
    }

    /// <summary>Draws a parameter of a network that has been initialized before the parameter's shape was known, to the values it would have had.</summary>
    internal void DrawLate(Parameter parameter)
    {
        if (NameOf(parameter) is { } name) parameter.Draw(_generator!.Fork(name));
    }

    /// <summary>The path of a parameter below this module, or null if it is not there.</summary>
    internal string? NameOf(Parameter parameter) =>
        NamedParameters().Concat(ComputedParameters()).FirstOrDefault(named => ReferenceEquals(named.Parameter, parameter)).Name;

    /// <summary>Evaluates the module by a function of its own, around which is all that is around <c>Compute</c>.</summary>
    private protected TTo Evaluate<TFrom, TTo>(TFrom input, Func<TFrom, TTo> compute)
    {
        if (input is null) throw new ArgumentNullException(nameof(input), $"{GetType().Name}: the input is null.");
        using var call = new ModuleCall(this);
        call.Record(input);
        try
        {
            var output = compute(input);
            call.Keep(output);
            ModuleObserver.Current?.Leave(input, output);
            return output;
        }
        catch (GradusException exception) when (!ModuleCall.IsPlaced(exception))
        {
            throw ModuleCall.Place(exception, this);
        }
    }

    /// <summary>
    /// Writes each line once, with its indentation: from the text of each part anew, deeply nested modules would be copied as often as they are deep.
    /// </summary>
    private void Write(StringBuilder text, string newLine)
    {
        text.Append(GetType().Name.Split('`')[0]).Append('(').Append(Describe().Replace("\n", newLine, StringComparison.Ordinal));
        var inner = newLine + "  ";
        foreach (var (name, module) in _children)
        {
            text.Append(inner).Append(name).Append(": ");
            module.Write(text, inner);
        }

        text.Append(_children.Count > 0 ? newLine : "").Append(')');
    }

    private void DrawAll(Func<Parameter, bool> which)
    {
        foreach (var (name, parameter) in NamedParameters())
        {
            if (parameter.IsKnown && which(parameter)) parameter.Draw(_generator!.Fork(name));
        }
    }

    private IEnumerable<(string Prefix, Module Module)> Walk(string prefix)
    {
        yield return (prefix, this);
        foreach (var (name, child) in _children)
        {
            foreach (var place in child.Walk($"{prefix}{name}.")) yield return place;
        }
    }

    /// <summary>A stretch in which this thread's modules behave as in use.</summary>
    internal readonly ref struct Use
    {
        private readonly bool _before;

        public Use(bool before)
        {
            _before = before;
            t_isInUse = true;
        }

        public void Dispose() => t_isInUse = _before;
    }

    private static void Put<T>(List<(string Name, T Item)> entries, string name, T item)
    {
        var index = entries.FindIndex(entry => entry.Name == name);
        if (index < 0) entries.Add((name, item));
        else entries[index] = (name, item);
    }
}

/// <summary>A module that turns a <typeparamref name="TIn"/> into a <typeparamref name="TOut"/>.</summary>
public abstract class Module<TIn, TOut> : Module
{
    private ModuleHooks<TIn, TOut>? _hooks;
    private Func<TIn, TOut>? _compute;

    /// <summary>Evaluates the module. The one way to call it.</summary>
    /// <exception cref="GradusException">The input does not fit; the message begins with the module's path.</exception>
    public TOut Forward(TIn input) => _hooks is null || _hooks.IsEmpty ? Evaluate(input) : _hooks.Around(input, Evaluate);

    /// <summary>Calls a function before each <see cref="Forward"/>.</summary>
    /// <param name="hook">Gets the input; gives another to go on with, or null to leave it.</param>
    /// <returns>Dispose it to remove the hook.</returns>
    public IDisposable RegisterForwardPreHook(Func<TIn, TIn?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return Hooks.Add(hook);
    }

    /// <summary>Calls a function after each <see cref="Forward"/>: to look at what the module gives, or change it.</summary>
    /// <param name="hook">Gets input and output; gives another output to go on with, or null to leave it. It may keep what it sees.</param>
    /// <returns>Dispose it to remove the hook.</returns>
    public IDisposable RegisterForwardHook(Func<TIn, TOut, TOut?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return Hooks.Add(hook);
    }

    /// <summary>Calls a function when a backward pass has been through this module.</summary>
    /// <param name="hook">
    /// Gets the gradients with respect to input and output; gives another for the input in its place, or null to leave it. The first is null where the
    /// input is part of no graph.
    /// </param>
    /// <returns>Dispose it to remove the hook.</returns>
    /// <exception cref="GradusException">The module does not turn a tensor into a tensor.</exception>
    public IDisposable RegisterBackwardHook(Func<Tensor?, Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        if (typeof(TIn) != typeof(Tensor) || typeof(TOut) != typeof(Tensor))
        {
            throw new GradusException(
                $"registerBackwardHook: {GetType().Name} does not turn a tensor into a tensor. Call RegisterHook on the tensors that it gives.");
        }

        return Hooks.Add(hook);
    }

    private ModuleHooks<TIn, TOut> Hooks => _hooks ?? Interlocked.CompareExchange(ref _hooks, new ModuleHooks<TIn, TOut>(), null) ?? _hooks;

    private TOut Evaluate(TIn input) => Evaluate(input, _compute ??= Compute);

    /// <summary>What the module computes; written by each layer, called by <see cref="Forward"/>.</summary>
    protected abstract TOut Compute(TIn input);
}
