namespace Gradus.Formats;

/// <content>Containers and calls.</content>
internal sealed partial class PickleMachine
{
    /// <summary>Puts what is on top of the stack into the container below it.</summary>
    private void Fill(PickleOp operation)
    {
        object[] items = operation switch { PickleOp.Append => [Pop()], PickleOp.SetItem => PopTuple(2), _ => PopMark() };
        var isPairs = operation is PickleOp.SetItem or PickleOp.SetItems;
        switch (Peek())
        {
            case List<object> list when !isPairs && operation != PickleOp.AddItems:
                budget.Take((long)PickleBudget.Entry * items.Length);
                list.AddRange(items);
                break;
            case PickleSet set when operation == PickleOp.AddItems:
                budget.Take((long)PickleBudget.Entry * items.Length);
                set.Items.AddRange(items);
                break;
            case PickleDict dict when isPairs:
                Add(dict, items);
                break;
            case PickleObject:
                // A container of a class that is not known: nobody can say what it does with them.
                break;
            case var other:
                throw source.Refuse($"{WordOf(operation)} adds to {PickleText.KindOf(other)}");
        }
    }

    private void Add(PickleDict dict, object[] items)
    {
        if (items.Length % 2 != 0) throw source.Refuse("a dictionary is given a key without a value");
        budget.Take((long)PickleBudget.Pair * items.Length / 2);
        for (var at = 0; at < items.Length; at += 2) dict.Items[items[at]] = items[at + 1];
    }

    private void Build()
    {
        var state = Pop();
        switch (Peek())
        {
            case PickleObject made:
                made.State = state;
                break;
            case PickleDict:
                // Of an OrderedDict: the versions of the modules, which say nothing of the values.
                break;
            case var other:
                throw source.Refuse($"BUILD sets the state of {PickleText.KindOf(other)}");
        }
    }

    private List<object> ListOf(object[] items) => Charged(new List<object>(items), items.Length);

    private PickleDict DictOf(object[] items)
    {
        var dict = Charged(new PickleDict(), 0);
        Add(dict, items);
        return dict;
    }

    private PickleSet SetOf(object[] items)
    {
        var set = Charged(new PickleSet(), items.Length);
        set.Items.AddRange(items);
        return set;
    }

    private PickleGlobal GlobalOf(string module, string name)
    {
        budget.Take(PickleBudget.Container);
        return new PickleGlobal(module, name);
    }

    private PickleGlobal PopGlobal()
    {
        var (name, module) = (Pop(), Pop());
        return module is string moduleText && name is string nameText
            ? GlobalOf(moduleText, nameText)
            : throw source.Refuse("the name of a class is no text");
    }

    private object Call(PickleOp operation, object arguments, object function) => arguments is object[] tuple
        ? CallWith(operation, function, tuple)
        : throw source.Refuse($"{WordOf(operation)} calls with {PickleText.KindOf(arguments)}, expected a tuple");

    private object CallWith(PickleOp operation, object function, object[] arguments)
    {
        budget.Take(PickleBudget.Container + arguments.Sum(SizeOf));
        return function switch
        {
            PickleGlobal global => objects.Call(global, arguments, source),
            PickleObject made => new PickleObject(made.Maker, arguments),
            _ => throw source.Refuse($"{WordOf(operation)} calls {PickleText.KindOf(function)}"),
        };
    }

    // A call may copy what it is given, and be made again and again with the same.
    private static long SizeOf(object argument) => argument switch
    {
        string text => text.Length,
        object[] tuple => (long)PickleBudget.Entry * tuple.Length,
        List<object> list => (long)PickleBudget.Entry * list.Count,
        _ => 0,
    };

    private object CallWithNames(PickleOp operation)
    {
        // Arguments by name change what a class makes: only unknown classes have them.
        var (_, arguments, type) = (Pop(), Pop(), Pop());
        if (type is not PickleGlobal global || arguments is not object[] tuple) throw source.Refuse($"{WordOf(operation)} calls {PickleText.KindOf(type)}");
        return Charged(new PickleObject(global.ToString(), tuple), 0);
    }

    private object CallByName(PickleGlobal type) => CallWith(PickleOp.Inst, type, PopMark());

    private object CallFirst()
    {
        var all = PopMark();
        return all.Length > 0 ? CallWith(PickleOp.Obj, all[0], all[1..]) : throw source.Refuse("OBJ calls nothing");
    }

    private static string WordOf(PickleOp operation) => operation.ToString().ToUpperInvariant();
}
