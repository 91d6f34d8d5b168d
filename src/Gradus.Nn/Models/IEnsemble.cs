namespace Gradus.Nn;

/// <summary>A network of several members that are trained side by side, each by its own loss, and whose mean is the prediction.</summary>
public interface IEnsemble
{
    /// <summary>How many members there are.</summary>
    int Members { get; }

    /// <summary>What each member says: [batch, …] → [members, batch, outputs]. Training takes the mean of the members' losses.</summary>
    /// <param name="input">A batch of samples.</param>
    Tensor ForwardMembers(Tensor input);
}
