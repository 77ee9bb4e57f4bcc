using System.Collections.ObjectModel;
using System.Management.Automation;
using NatsKeys.Keys;
using NatsKeys.Signing;

namespace NatsKeys.KeySources;

/// <summary>A signer that runs a script block, which returns 64 bytes, or their base64 or base64url text.</summary>
internal sealed class ScriptBlockSigner(ScriptBlock script)
{
    public byte[] Sign(byte[] data)
    {
        Collection<PSObject> output;
        try
        {
            output = script.InvokeWithContext(null, [new PSVariable("_", data)], data);
        }
        catch (PipelineStoppedException stop)
        {
            // This is how the libraries recognize a stopped pipeline.
            throw new OperationCanceledException(stop.Message, stop);
        }
        catch (RuntimeException error)
        {
            throw new NatsKeysException(ErrorCode.ExternalSigner, $"The signer script block failed: {error.Message}", error);
        }

        byte[]? signature = Collect(output);
        return signature is { Length: ISigner.SignatureLength }
            ? signature
            : throw new NatsKeysException(
                ErrorCode.ExternalSigner,
                $"The signer script block must return a signature of {ISigner.SignatureLength} bytes, as bytes or as base64 text.");
    }

    private static byte[]? Collect(Collection<PSObject> output)
    {
        object?[] values = [.. output.Select(item => item?.BaseObject)];
        return values switch
        {
            [byte[] bytes] => bytes,
            [string text] => SignatureParser.Decode(text),

            // PowerShell unrolls arrays that a script block returns.
            [byte, ..] when values.All(value => value is byte) => [.. values.Cast<byte>()],
            _ => null,
        };
    }
}
