using Gradus.Formats;

namespace Gradus.Onnx;

/// <summary>Inside a function, attributes may stand for those of the node that calls it.</summary>
internal static class AttributeReferences
{
    /// <summary>The node with the caller's values; those that the caller has not are left out.</summary>
    public static NodeProto Resolve(NodeProto node, NodeProto caller)
    {
        if (!node.Attributes.Exists(static attribute => attribute.Reference.Length > 0 || attribute.Graph is not null)) return node;
        var resolved = new NodeProto { Name = node.Name, Operator = node.Operator, Domain = node.Domain, Overload = node.Overload };
        resolved.Inputs.AddRange(node.Inputs);
        resolved.Outputs.AddRange(node.Outputs);
        foreach (var attribute in node.Attributes)
        {
            if (attribute.Graph is not null) resolved.Attributes.Add(Inside(attribute, caller));
            else if (attribute.Reference.Length == 0) resolved.Attributes.Add(attribute);
            // The last of the caller's counts: defaults stand before what is given.
            else if (caller.Attributes.FindLast(given => given.Name == attribute.Reference) is { } value)
                resolved.Attributes.Add(Renamed(value, attribute.Name));
        }

        return resolved;
    }

    private static AttributeProto Inside(AttributeProto attribute, NodeProto caller)
    {
        var from = attribute.Graph!;
        var graph = new GraphProto { Name = from.Name };
        graph.Inputs.AddRange(from.Inputs);
        graph.Outputs.AddRange(from.Outputs);
        graph.Initializers.AddRange(from.Initializers);
        graph.SparseInitializers.AddRange(from.SparseInitializers);
        graph.Nodes.AddRange(from.Nodes.Select(node => Resolve(node, caller)));
        return new AttributeProto { Name = attribute.Name, Kind = attribute.Kind, Graph = graph };
    }

    private static AttributeProto Renamed(AttributeProto value, string name)
    {
        var renamed = new AttributeProto
        {
            Name = name,
            Kind = value.Kind,
            Float = value.Float,
            Int = value.Int,
            String = value.String,
            Tensor = value.Tensor,
            Graph = value.Graph,
            SparseTensor = value.SparseTensor,
            Type = value.Type,
        };
        renamed.Floats.AddRange(value.Floats);
        renamed.Ints.AddRange(value.Ints);
        renamed.Strings.AddRange(value.Strings);
        renamed.Tensors.AddRange(value.Tensors);
        renamed.Graphs.AddRange(value.Graphs);
        return renamed;
    }
}
