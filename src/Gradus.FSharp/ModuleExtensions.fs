namespace Gradus.Nn

open System
open Gradus

/// <summary>Networks of lists of modules.</summary>
[<AutoOpen>]
module ModuleExtensions =

    type Sequential with

        /// <summary>Layers one after the other: <c>Sequential.Of [ Linear(2, 16); Tanh(); Linear(16, 1) ]</c>.</summary>
        static member Of(layers: Module<Tensor, Tensor> list) = Sequential(ReadOnlySpan(List.toArray layers))

    type ModuleList<'T when 'T :> Module> with

        /// <summary>Modules by number.</summary>
        static member Of(modules: 'T list) = ModuleList<'T>(ReadOnlySpan(List.toArray modules))

    type ModuleDict<'T when 'T :> Module> with

        /// <summary>Modules by name.</summary>
        static member Of(modules: (string * 'T) list) =
            ModuleDict<'T>(ReadOnlySpan(modules |> List.map (fun (name, part) -> struct (name, part)) |> List.toArray))

    type ParameterList with

        /// <summary>Parameters by number.</summary>
        static member Of(parameters: Parameter list) = ParameterList(ReadOnlySpan(List.toArray parameters))
