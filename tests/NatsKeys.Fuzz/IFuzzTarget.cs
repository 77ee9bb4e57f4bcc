namespace NatsKeys.Fuzz;

/// <summary>A part of the library that reads what strangers write.</summary>
internal interface IFuzzTarget
{
    string Name { get; }

    /// <summary>Makes an input; the same random source makes the same one.</summary>
    byte[] Make(Random random);

    /// <summary>Gives the input to the library.</summary>
    /// <returns>Whether it took the input; false when it refused it with an error of its own. Any other exception is a finding.</returns>
    bool Run(byte[] input);
}
