using System.Reflection;
using System.Reflection.Emit;

namespace NatsKeys.Core.Tests;

/// <summary>The types that a compiled type uses: in what it is, in its members, and in its code.</summary>
internal static class UsedTypes
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static HashSet<Type> Of(Type type)
    {
        var used = new HashSet<Type>();
        Add(used, type.BaseType);
        Add(used, type.GetInterfaces());
        AddAttributes(used, type);
        AddConstraints(used, type.GetGenericArguments());
        foreach (FieldInfo field in type.GetFields(Own))
        {
            Add(used, field.FieldType);
            AddAttributes(used, field);
        }

        foreach (PropertyInfo property in type.GetProperties(Own))
        {
            AddAttributes(used, property);
        }

        foreach (MethodBase method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
        {
            Add(used, (method as MethodInfo)?.ReturnType);
            Add(used, method.GetParameters().Select(parameter => parameter.ParameterType));
            AddAttributes(used, method);
            if (method.IsGenericMethod)
            {
                AddConstraints(used, method.GetGenericArguments());
            }

            if (method.GetMethodBody() is { } body)
            {
                Add(used, body.LocalVariables.Select(local => local.LocalType));
                Add(used, body.ExceptionHandlingClauses
                    .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                    .Select(clause => clause.CatchType));
                AddCode(used, method, body.GetILAsByteArray()!);
            }
        }

        return used;
    }

    private static void AddCode(HashSet<Type> used, MethodBase method, byte[] code)
    {
        Type[] ofType = method.DeclaringType!.GetGenericArguments();
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = code[at] == 0xFE ? Codes[unchecked((short)(0xFE00 | code[at + 1]))] : Codes[code[at]];
            at += operation.Size;
            if (operation.OperandType is OperandType.InlineType or OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok)
            {
                AddMember(used, method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!);
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static void AddMember(HashSet<Type> used, MemberInfo member)
    {
        Add(used, member as Type ?? member.DeclaringType);
        if (member is MethodInfo { IsGenericMethod: true } method)
        {
            Add(used, method.GetGenericArguments());
        }
    }

    private static void AddConstraints(HashSet<Type> used, Type[] parameters) =>
        Add(used, parameters.Where(parameter => parameter.IsGenericParameter).SelectMany(parameter => parameter.GetGenericParameterConstraints()));

    private static void AddAttributes(HashSet<Type> used, MemberInfo member)
    {
        foreach (CustomAttributeData attribute in member.GetCustomAttributesData())
        {
            Add(used, attribute.AttributeType);
            Add(used, attribute.ConstructorArguments.Select(argument => argument.Value as Type));
        }
    }

    private static void Add(HashSet<Type> used, IEnumerable<Type?> types)
    {
        foreach (Type? type in types)
        {
            Add(used, type);
        }
    }

    private static void Add(HashSet<Type> used, Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(used, type.GetElementType());
        }
        else if (used.Add(type) && type.IsGenericType)
        {
            Add(used, type.GetGenericArguments());
        }
    }
}
