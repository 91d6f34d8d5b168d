using Gradus.Data;
using Gradus.Formats;

namespace Gradus.Training;

/// <summary>What rows of a table go through, as tensors: from numbers and texts to the input of a network.</summary>
/// <param name="table">What was learnt of the table.</param>
internal sealed class TableGraph(TablePreprocessing table)
{
    private const string NumberInput = "numbers", TextInput = "texts", CodeValue = "/texts/codes";
    private const long MachineLearningOperators = 2;
    private const long Unknown = -1;

    /// <summary>The columns of numbers; each part of a date is one.</summary>
    public IReadOnlyList<TableColumn> Numbers { get; } = [.. table.Columns.Where(static column => !IsText(column))];

    /// <summary>The columns of texts.</summary>
    public IReadOnlyList<TableColumn> Texts { get; } = [.. table.Columns.Where(IsText)];

    /// <summary>The names of the inputs that there are.</summary>
    public IReadOnlyList<string> InputNames => [.. Numbers.Count > 0 ? [NumberInput] : (string[])[], .. Texts.Count > 0 ? [TextInput] : (string[])[]];

    /// <summary>A sample of one row, or of a window of rows: numbers, and texts as their places among the categories.</summary>
    public Tensor[] Examples()
    {
        int[] lead = table.Window > 0 ? [1, table.Window] : [1];
        return
        [
            .. Numbers.Count > 0 ? [Tensor.Zeros([.. lead, Numbers.Count], DType.Float64)] : (Tensor[])[],
            .. Texts.Count > 0 ? [Tensor.Zeros([.. lead, Texts.Count], DType.Int64)] : (Tensor[])[],
        ];
    }

    /// <summary>The input of the network, the columns in the order in which it learnt them.</summary>
    public Tensor Prepare(Tensor[] inputs)
    {
        var numbers = Numbers.Count > 0 ? Standardize(inputs[0]) : null;
        var parts = new List<Tensor>();
        var (number, text) = (0, 0);
        for (var index = 0; index < table.Columns.Count;)
        {
            var column = table.Columns[index];
            if (IsText(column))
            {
                var place = inputs[^1].Slice(-1, text++, 1);
                // A row of a unit matrix, or zeros for a text that is not known.
                parts.Add(column.IsOrdered ? Standardize(column, place) : place.Equal(Tensor.Arange(column.Width)).To(DType.Float32));
                index++;
                continue;
            }

            var first = number;
            while (index < table.Columns.Count && !IsText(table.Columns[index])) (index, number) = (index + 1, number + 1);
            parts.Add(numbers!.Slice(-1, first, number - first));
        }

        return parts.Count == 1 ? parts[0] : Tensor.Concat([.. parts], -1);
    }

    /// <summary>Lets a model take texts in the place of their places among the categories.</summary>
    public void TakeTexts(ModelProto model, IDictionary<string, Tensor> tensors)
    {
        var graph = model.Graph!;
        var input = graph.Inputs[^1];
        foreach (var inputs in graph.Nodes.Select(static node => node.Inputs))
        {
            for (var index = 0; index < inputs.Count; index++)
            {
                if (inputs[index] == input.Name) inputs[index] = CodeValue;
            }
        }

        graph.Values.Add(new ValueInfoProto { Name = CodeValue, Type = input.Type });
        input.Type = TypeProto.Of(OnnxDataType.String, input.Type!.Shape!);
        graph.Nodes.InsertRange(0, Encode(graph, input.Name, tensors));
        model.OperatorSets.Add(new OperatorSetId("ai.onnx.ml", MachineLearningOperators));
    }

    private Tensor Standardize(Tensor numbers)
    {
        Tensor Of(Func<TableColumn, double> number) => Tensor.From(Numbers.Select(number).ToArray(), [Numbers.Count]);
        // Where missing cells were an error, they stay none.
        if (table.Missing == MissingValues.Fill) numbers = Tensor.Where(numbers.IsNan(), Of(static column => column.Median), numbers);
        return ((numbers - Of(static column => column.Mean)) / Of(static column => column.Deviation)).To(DType.Float32);
    }

    // A text of an order is its place; one that is none of them is missing.
    private Tensor Standardize(TableColumn column, Tensor place)
    {
        var number = place.To(DType.Float64);
        var unknown = Tensor.From([table.Missing == MissingValues.Fill ? column.Median : double.NaN], [1]);
        number = Tensor.Where(number.Less(0), unknown, number);
        return ((number - column.Mean) / column.Deviation).To(DType.Float32);
    }

    private static bool IsText(TableColumn column) => column.Kind != ColumnKind.Number || column.IsOrdered;

    private IEnumerable<NodeProto> Encode(GraphProto graph, string input, IDictionary<string, Tensor> tensors)
    {
        var axis = graph.Inputs[^1].Type!.Shape!.Count - 1;
        var codes = new List<string>();
        for (var column = 0; column < Texts.Count; column++)
        {
            var name = FormattableString.Invariant($"/texts/{column}");
            var place = name + "/place";
            tensors.Add(place, Tensor.From([(long)column], [1]));
            graph.Initializers.Add(TensorProto.Of(place, tensors[place]));
            yield return Node("Gather", name + "/Gather", [input, place], name + "/text", Axis(axis));
            yield return Encoder(Texts[column], name);
            codes.Add(name + "/code");
        }

        yield return Node("Concat", "/texts/Concat", codes, CodeValue, Axis(axis));
    }

    private static AttributeProto Axis(int axis) => new() { Name = "axis", Kind = AttributeKind.Int, Int = axis };

    private static NodeProto Encoder(TableColumn column, string name)
    {
        var keys = new AttributeProto { Name = "keys_strings", Kind = AttributeKind.Strings };
        var values = new AttributeProto { Name = "values_int64s", Kind = AttributeKind.Ints };
        var texts = column.IsOrdered ? column.Format.Order : column.Categories;
        for (var place = 0; place < texts.Count; place++)
        {
            keys.Strings.Add(texts[place]);
            values.Ints.Add(place);
        }

        var none = new AttributeProto { Name = "default_int64", Kind = AttributeKind.Int, Int = Unknown };
        var node = Node("LabelEncoder", name + "/LabelEncoder", [name + "/text"], name + "/code", keys, values, none);
        node.Domain = "ai.onnx.ml";
        return node;
    }

    private static NodeProto Node(string op, string name, IEnumerable<string> inputs, string output, params AttributeProto[] attributes)
    {
        var node = new NodeProto { Operator = op, Name = name };
        node.Inputs.AddRange(inputs);
        node.Outputs.Add(output);
        node.Attributes.AddRange(attributes);
        return node;
    }
}
