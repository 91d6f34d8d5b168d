namespace Gradus;

/// <summary>What an operator does to a gradient on its way back, beyond its rule: how a lost one is explained.</summary>
[Flags]
internal enum OpRole
{
    /// <summary>Nothing of these.</summary>
    None = 0,

    /// <summary>It lets a gradient through where its result is above 0 and nowhere else: a unit below 0 for all samples is dead.</summary>
    Rectifying = 1 << 0,

    /// <summary>Its slope goes to 0 as its input grows, on one side or both.</summary>
    Saturating = 1 << 1,

    /// <summary>It chooses elements; the others get no gradient.</summary>
    Masking = 1 << 2,

    /// <summary>It multiplies its inputs by one another: beside zeros no gradient passes.</summary>
    Multiplying = 1 << 3,

    /// <summary>It moves or converts numbers and leaves them what they are.</summary>
    Moving = 1 << 4,
}
