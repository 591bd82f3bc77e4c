// npm `openai`, as its own documentation uses it.

import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { base, check, end, expect, expectError, guarded, key, model } from '../checks.mjs';

const options = { baseURL: `${base}/v1`, maxRetries: 0 };
const client = new OpenAI({ ...options, apiKey: 'unused' });

const ask = { model, messages: [{ role: 'user', content: 'Say hello.' }] };
const weather = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'The weather in a city.',
    strict: true,
    parameters: {
      type: 'object',
      properties: { city: { type: 'string', description: 'its name' } },
      required: ['city'],
      additionalProperties: false,
    },
  },
};
const Ticket = z.object({
  title: z.string(),
  priority: z.enum(['low', 'high']),
  urgent: z.boolean(),
  steps: z.array(z.string()),
  hours: z.number().nullable(),
});
// Long in any case: whoever cancels it cuts it short.
const numbers = {
  type: 'json_schema',
  name: 'numbers',
  strict: true,
  schema: {
    type: 'object',
    properties: { numbers: { type: 'array', items: { type: 'integer' }, minItems: 600 } },
    required: ['numbers'],
    additionalProperties: false,
  },
};

await check('models', async () => {
  const ids = [];
  for await (const each of client.models.list()) {
    ids.push(each.id);
  }
  expect(ids.includes(model), ids);
  expect((await client.models.retrieve(model)).id === model);
});

await check('chat', async () => {
  const completion = await client.chat.completions.create({ ...ask, temperature: 0, max_completion_tokens: 64, user: 'me' });
  const [choice] = completion.choices;
  expect(choice.message.role === 'assistant' && choice.message.content.length > 0, completion);
  expect(['stop', 'length'].includes(choice.finish_reason), choice);
  expect(completion.usage.total_tokens === completion.usage.prompt_tokens + completion.usage.completion_tokens, completion);
});

await check('chat.choices', async () => {
  const completion = await client.chat.completions.create({
    ...ask,
    n: 2,
    seed: 1,
    max_tokens: 16,
    logprobs: true,
    top_logprobs: 2,
    stop: ['\n\n'],
  });
  expect(completion.choices.length === 2 && completion.choices[1].index === 1, completion.choices);
  const [token] = completion.choices[0].logprobs.content;
  expect(token.logprob <= 0 && token.top_logprobs.length === 2 && Array.isArray(token.bytes), token);
});

await check('stream', async () => {
  const stream = client.chat.completions.stream({ ...ask, stream_options: { include_usage: true } });
  let text = '';
  stream.on('content', (delta) => (text += delta));
  const completion = await stream.finalChatCompletion();
  expect(text.length > 0 && completion.choices[0].message.content === text, { text, completion });
  expect(completion.usage.completion_tokens > 0, completion.usage);
});

for (const [choice, name] of [
  ['required', 'tools.required'],
  [{ type: 'function', function: { name: 'weather' } }, 'tools.named'],
]) {
  await check(name, async () => {
    const messages = [{ role: 'user', content: 'What is the weather in Paris?' }];
    const first = await client.chat.completions.create({
      model,
      messages,
      tools: [weather],
      tool_choice: choice,
      max_completion_tokens: 256,
    });
    const { message, finish_reason } = first.choices[0];
    expect(message.tool_calls.length > 0 && finish_reason === (choice === 'required' ? 'tool_calls' : finish_reason), first);
    messages.push(message);
    for (const call of message.tool_calls) {
      expect(call.function.name === 'weather' && typeof JSON.parse(call.function.arguments).city === 'string', call);
      messages.push({ role: 'tool', tool_call_id: call.id, content: '21 degrees and sunny' });
    }
    const last = await client.chat.completions.create({ model, messages, tools: [weather], tool_choice: 'none' });
    expect(last.choices[0].message.content.length > 0 && !last.choices[0].message.tool_calls, last);
  });
}

await check('tools.stream', async () => {
  const stream = client.chat.completions.stream({
    model,
    messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
    tools: [weather],
    tool_choice: 'required',
  });
  const completion = await stream.finalChatCompletion();
  const [call] = completion.choices[0].message.tool_calls;
  expect(call.function.name === 'weather' && typeof JSON.parse(call.function.arguments).city === 'string', call);
  expect(completion.choices[0].finish_reason === 'tool_calls', completion);
});

await check('tools.run', async () => {
  const called = [];
  const runner = client.chat.completions.runTools({
    model,
    messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
    tools: [
      {
        ...weather,
        function: {
          ...weather.function,
          parse: JSON.parse,
          function: ({ city }) => {
            called.push(city);
            return `${city}: 21 degrees and sunny`;
          },
        },
      },
    ],
    tool_choice: { type: 'function', function: { name: 'weather' } },
    max_completion_tokens: 256,
  });
  await runner.done();
  expect(called.length > 0 && typeof called[0] === 'string', called);
  const result = runner.messages.find((message) => message.role === 'tool');
  expect(result.content.endsWith('21 degrees and sunny'), runner.messages);
});

await check('structured', async () => {
  const completion = await client.chat.completions.parse({
    model,
    messages: [{ role: 'user', content: 'A ticket: the disk is full.' }],
    max_tokens: 512,
    response_format: zodResponseFormat(Ticket, 'ticket'),
  });
  Ticket.parse(completion.choices[0].message.parsed);
});

await check('structured.json_object', async () => {
  const completion = await client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'A ticket as JSON: the disk is full.' }],
    max_tokens: 512,
    response_format: { type: 'json_object' },
  });
  const { content } = completion.choices[0].message;
  expect(typeof JSON.parse(content) === 'object', content);
});

await check('completions', async () => {
  const whole = await client.completions.create({ model, prompt: 'The disk', max_tokens: 8, logprobs: 1 });
  expect(typeof whole.choices[0].text === 'string' && whole.usage.completion_tokens > 0, whole);
  let pieces = 0;
  for await (const piece of await client.completions.create({ model, prompt: 'The disk', max_tokens: 8, stream: true })) {
    pieces += piece.choices.length;
  }
  expect(pieces > 0, pieces);
});

await check('embeddings.base64', async () => {
  // Sent as base64 and turned into numbers by the client, as it does where nothing else is asked for.
  const { data, usage } = await client.embeddings.create({ model, input: ['the disk is full', 'which process is largest?'] });
  expect(data.length === 2 && data[1].index === 1 && usage.prompt_tokens > 0, usage);
  expect(data[0].embedding.length > 1 && data[0].embedding.every(Number.isFinite), data[0]);
});

await check('embeddings.float', async () => {
  const input = 'the disk is full';
  const [float] = (await client.embeddings.create({ model, input, encoding_format: 'float' })).data;
  const [coded] = (await client.embeddings.create({ model, input })).data;
  expect(float.embedding.length === coded.embedding.length, [float.embedding.length, coded.embedding.length]);
  expect(float.embedding.every((x, i) => Math.abs(x - coded.embedding[i]) < 1e-6), 'float and base64 differ');
});

await check('responses', async () => {
  const first = await client.responses.create({ model, instructions: 'Be brief.', input: 'Say hello.' });
  expect(first.status === 'completed' && first.output_text.length > 0, first);
  const second = await client.responses.create({ model, previous_response_id: first.id, input: 'And again.' });
  expect(second.previous_response_id === first.id && second.output_text.length > 0, second);
  const stored = await client.responses.retrieve(first.id);
  expect(stored.output_text === first.output_text, stored);
  await client.responses.delete(first.id);
  await expectError(OpenAI.NotFoundError, 404, () => client.responses.retrieve(first.id));
});

await check('responses.stream', async () => {
  const types = [];
  let last = -1;
  let text = '';
  const stream = client.responses.stream({ model, input: 'Say hello.' });
  for await (const event of stream) {
    types.push(event.type);
    expect(event.sequence_number > last, event);
    last = event.sequence_number;
    text += event.type === 'response.output_text.delta' ? event.delta : '';
  }
  const response = await stream.finalResponse();
  expect(response.output_text === text && text.length > 0, response);
  for (const due of [
    'response.created',
    'response.in_progress',
    'response.output_item.added',
    'response.content_part.added',
    'response.output_text.delta',
    'response.output_text.done',
    'response.content_part.done',
    'response.output_item.done',
    'response.completed',
  ]) {
    expect(types.includes(due), { missing: due, types });
  }
});

await check('responses.tools', async () => {
  const tool = { type: 'function', ...weather.function };
  const first = await client.responses.create({
    model,
    input: 'What is the weather in Paris?',
    tools: [tool],
    tool_choice: 'required',
    max_output_tokens: 256,
  });
  const call = first.output.find((item) => item.type === 'function_call');
  expect(call.name === 'weather' && typeof JSON.parse(call.arguments).city === 'string', first.output);
  const last = await client.responses.create({
    model,
    previous_response_id: first.id,
    input: [{ type: 'function_call_output', call_id: call.call_id, output: '21 degrees and sunny' }],
    tools: [tool],
    tool_choice: 'none',
  });
  expect(last.output_text.length > 0, last);
});

await check('responses.structured', async () => {
  const response = await client.responses.parse({
    model,
    input: 'A ticket: the disk is full.',
    max_output_tokens: 512,
    text: { format: zodTextFormat(Ticket, 'ticket') },
  });
  Ticket.parse(response.output_parsed);
});

await check('responses.background', async () => {
  const started = await client.responses.create({
    model,
    input: 'Count.',
    background: true,
    store: true,
    text: { format: numbers },
    max_output_tokens: 2000,
  });
  expect(['queued', 'in_progress'].includes(started.status), started);
  const cancelled = await client.responses.cancel(started.id);
  expect(cancelled.status === 'cancelled', cancelled);
});

await check('errors.not_found', async () => {
  const error = await expectError(OpenAI.NotFoundError, 404, () =>
    client.chat.completions.create({ ...ask, model: 'no-such-model' }),
  );
  expect(error.code === 'model_not_found', error);
});

await check('errors.bad_request', async () => {
  await expectError(OpenAI.BadRequestError, 400, () => client.chat.completions.create({ ...ask, max_tokens: -1 }));
  await expectError(OpenAI.BadRequestError, 400, () =>
    client.chat.completions.create({ ...ask, messages: [{ role: 'nobody', content: 'x' }], stream: true }),
  );
});

await check('errors.unauthorized', async () => {
  const stranger = new OpenAI({ baseURL: `${guarded}/v1`, maxRetries: 0, apiKey: 'telos-no-such-key' });
  const error = await expectError(OpenAI.AuthenticationError, 401, () => stranger.chat.completions.create(ask));
  expect(error.code === 'invalid_api_key', error);
});

await check('errors.rate_limited', async () => {
  const tenant = new OpenAI({ baseURL: `${guarded}/v1`, maxRetries: 0, apiKey: key });
  const first = await tenant.chat.completions.create({ ...ask, max_tokens: 16 });
  expect(first.choices.length === 1, first);
  const error = await expectError(OpenAI.RateLimitError, 429, () => tenant.chat.completions.create({ ...ask, stream: true }));
  expect(Number(error.headers.get('retry-after')) > 0, [...error.headers]);
});

await check('cancel', async () => {
  const { name, strict, schema } = numbers;
  const stream = await client.chat.completions.create({
    model,
    messages: [{ role: 'user', content: 'Count.' }],
    max_tokens: 2000,
    stream: true,
    response_format: { type: 'json_schema', json_schema: { name, strict, schema } },
  });
  let pieces = 0;
  for await (const chunk of stream) {
    pieces += chunk.choices[0].delta.content ? 1 : 0;
    if (pieces === 3) {
      stream.controller.abort();
    }
  }
  expect(pieces >= 3, pieces);
});

await end();
