using System.Numerics;

namespace Gradus.Kernels.Tests.Recurrent;

/// <summary>Runs a recurrent layer forward and backward between guard pages, by its kernel or by its plain twin, and gives all its results.</summary>
internal static unsafe class RecurrentRuns
{
    public static T[][] Lstm<T>(RecurrentSize size, bool plain = false, bool guardBefore = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var memory = new GuardedOperands<T>(guardBefore);
        int gates = 4 * size.Hidden, state = size.Batch * size.Hidden, states = size.Rows * size.Hidden;
        var operands = new LstmOperands<T>
        {
            X = memory.Operand(size.Rows * size.Inputs),
            FirstHidden = memory.Operand(state),
            FirstCell = memory.Operand(state),
            InputWeight = memory.Operand(gates * size.Inputs),
            HiddenWeight = memory.Operand(gates * size.Hidden),
            InputBias = memory.Operand(gates),
            HiddenBias = memory.Operand(gates),
            Output = memory.Result(states),
            Gates = memory.Result(size.Rows * gates),
            Cells = memory.Result(states),
        };
        var gradients = new LstmGradients<T>
        {
            Output = memory.Operand(states),
            LastHidden = memory.Operand(state),
            LastCell = memory.Operand(state),
            X = memory.Result(size.Rows * size.Inputs),
            FirstHidden = memory.Result(state),
            FirstCell = memory.Result(state),
            InputWeight = memory.Result(gates * size.Inputs),
            HiddenWeight = memory.Result(gates * size.Hidden),
            InputBias = memory.Result(gates),
            HiddenBias = memory.Result(gates),
        };
        if (plain)
        {
            PlainLstm.Forward(size, operands);
            PlainLstm.Backward(size, operands, gradients);
        }
        else
        {
            Kernels.Lstm.Forward(size, operands);
            Kernels.Lstm.Backward(size, operands, gradients);
        }

        return memory.Results;
    }

    public static T[][] Gru<T>(RecurrentSize size, bool plain = false, bool guardBefore = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var memory = new GuardedOperands<T>(guardBefore);
        int gates = 3 * size.Hidden, state = size.Batch * size.Hidden, states = size.Rows * size.Hidden;
        var operands = new GruOperands<T>
        {
            X = memory.Operand(size.Rows * size.Inputs),
            FirstHidden = memory.Operand(state),
            InputWeight = memory.Operand(gates * size.Inputs),
            HiddenWeight = memory.Operand(gates * size.Hidden),
            InputBias = memory.Operand(gates),
            HiddenBias = memory.Operand(gates),
            Output = memory.Result(states),
            Gates = memory.Result(size.Rows * 4 * size.Hidden),
        };
        var gradients = new GruGradients<T>
        {
            Output = memory.Operand(states),
            LastHidden = memory.Operand(state),
            X = memory.Result(size.Rows * size.Inputs),
            FirstHidden = memory.Result(state),
            InputWeight = memory.Result(gates * size.Inputs),
            HiddenWeight = memory.Result(gates * size.Hidden),
            InputBias = memory.Result(gates),
            HiddenBias = memory.Result(gates),
        };
        if (plain)
        {
            PlainGru.Forward(size, operands);
            PlainGru.Backward(size, operands, gradients);
        }
        else
        {
            Kernels.Gru.Forward(size, operands);
            Kernels.Gru.Backward(size, operands, gradients);
        }

        return memory.Results;
    }
}
