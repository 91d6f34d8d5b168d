namespace Gradus.Formats;

/// <summary>
/// A tensor of which only the elements that are not zero are kept: their values, and either their places in row-major order or their indices.
/// </summary>
internal sealed class SparseTensorProto
{
    private const int ValuesField = 1, IndicesField = 2, SizesField = 3;

    public TensorProto? Values { get; private set; }

    public TensorProto? Indices { get; private set; }

    public List<long> Sizes { get; } = [];

    public static SparseTensorProto Read(WireScanner fields)
    {
        var tensor = new SparseTensorProto();
        while (fields.Read())
        {
            switch (fields.Field)
            {
                case ValuesField: tensor.Values = TensorProto.Read(fields.Message()); break;
                case IndicesField: tensor.Indices = TensorProto.Read(fields.Message()); break;
                case SizesField: fields.AddWhole(tensor.Sizes); break;
            }
        }

        return tensor;
    }
}
